"""Writes and reads a key for every line of standard input, and goes on through failovers.

usage: VALKEY_PASSWORD=... python3 sample.py HOST:PORT[,HOST:PORT...]
"""

import logging
import os
import sys
import time

from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import (
    ClusterError,
    ConnectionError,
    RedisClusterException,
    TimeoutError,
)

PATIENCE = 60  # seconds: an election takes the node timeout and some

logging.getLogger("redis").setLevel(logging.CRITICAL)  # redirections are no errors


def connect(seeds):
    return RedisCluster(
        startup_nodes=[ClusterNode(host, int(port)) for host, port in seeds],
        password=os.environ.get("VALKEY_PASSWORD"),
        require_full_coverage=False,  # a dead shard does not stop the others
        reinitialize_steps=1,  # one MOVED fetches the whole map: slots rarely move alone
        socket_connect_timeout=1,
        socket_timeout=2,
        decode_responses=True,
    )


class Store:
    """Tries again what may be done twice: a write that timed out may have been made."""

    def __init__(self, seeds):
        self.seeds = seeds
        self.client = None

    def run(self, operation):
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.client = self.client or connect(self.seeds)
                return operation(self.client)
            except (ClusterError, ConnectionError, TimeoutError):
                if time.monotonic() > deadline:
                    raise
            except (RedisClusterException, AttributeError):
                # before 4.4, a client that has lost a node does not find its way again, and one that is sent by ASK to a
                # node that it has not heard of, as while slots move to a new shard, finds None in its place
                if time.monotonic() > deadline:
                    raise
                self.client = None
            time.sleep(0.1)


def main():
    store = Store([seed.rsplit(":", 1) for seed in sys.argv[1].split(",")])
    for line in sys.stdin:
        name = line.strip()
        key = f"sample:{name}"
        store.run(lambda client: client.set(key, name, ex=3600))
        print(key, store.run(lambda client: client.get(key)), flush=True)


if __name__ == "__main__":
    main()
