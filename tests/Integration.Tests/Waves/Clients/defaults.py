"""Writes and reads at library defaults until its input ends; prints how often, and each error.

usage: VALKEY_PASSWORD=... python3 defaults.py HOST:PORT
"""

import logging
import os
import sys
import threading
import time

from redis.cluster import RedisCluster

logging.disable()  # it logs each redirection that it follows
host, port = sys.argv[1].rsplit(":", 1)
client = RedisCluster(host=host, port=int(port), password=os.environ["VALKEY_PASSWORD"])
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
done = 0
while not ended.is_set():
    key, value = f"py:{done % 500}", str(done).encode()
    try:
        client.set(key, value)
        if client.get(key) != value:
            print(f"error: {key} is not {value}", flush=True)
    except Exception as error:  # every one counts
        print(f"error: {type(error).__name__}: {error}", flush=True)
    done += 1
    if done == 1:
        print("begun", flush=True)
    time.sleep(0.002)
print(f"done {done}", flush=True)
