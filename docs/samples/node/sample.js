// Writes and reads a key for every line of standard input, and goes on through failovers.
// usage: VALKEY_PASSWORD=... node sample.js HOST:PORT[,HOST:PORT...]
"use strict";

const readline = require("node:readline");
const { setTimeout: sleep } = require("node:timers/promises");
const { Cluster, ReplyError } = require("ioredis");

const PATIENCE = 60_000; // milliseconds: an election takes the node timeout and some

// Only for what may be done twice: a write that timed out may have been made.
async function againAndAgain(operation) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await operation();
    } catch (error) {
      const isFinal = error instanceof ReplyError && !/^(CLUSTERDOWN|LOADING)/.test(error.message);
      if (isFinal || Date.now() > deadline) {
        throw error;
      }
      await sleep(100);
    }
  }
}

async function main() {
  const seeds = process.argv[2].split(",").map((seed) => {
    const colon = seed.lastIndexOf(":");
    return { host: seed.slice(0, colon), port: Number(seed.slice(colon + 1)) };
  });
  const cluster = new Cluster(seeds, {
    slotsRefreshTimeout: 2000,
    slotsRefreshInterval: 10_000, // off by default: MOVED and lost connections alone refresh
    redisOptions: {
      password: process.env.VALKEY_PASSWORD,
      connectTimeout: 1000,
      commandTimeout: 2000,
    },
  });
  cluster.on("error", () => {}); // what matters fails a command, too
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const name = line.trim();
    const key = `sample:${name}`;
    await againAndAgain(() => cluster.set(key, name, "EX", 3600));
    console.log(key, await againAndAgain(() => cluster.get(key)));
  }
  await cluster.quit();
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
