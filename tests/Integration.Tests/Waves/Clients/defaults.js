// Writes and reads at library defaults until its input ends; prints how often, and each error.
// usage: VALKEY_PASSWORD=... node defaults.js HOST:PORT
"use strict";

const { setTimeout: sleep } = require("node:timers/promises");
const { Cluster } = require("ioredis");

async function main() {
  const [host, port] = process.argv[2].split(":");
  const client = new Cluster([{ host, port: Number(port) }], {
    redisOptions: { password: process.env.VALKEY_PASSWORD },
  });
  let ended = false;
  process.stdin.resume().on("end", () => (ended = true));
  let done = 0;
  while (!ended) {
    const [key, value] = [`js:${done % 500}`, String(done)];
    try {
      await client.set(key, value);
      if ((await client.get(key)) !== value) {
        console.log(`error: ${key} is not ${value}`);
      }
    } catch (error) {
      console.log(`error: ${error.name}: ${error.message}`);
    }
    done++;
    if (done === 1) {
      console.log("begun");
    }
    await sleep(2);
  }
  console.log(`done ${done}`);
  client.disconnect();
}

main();
