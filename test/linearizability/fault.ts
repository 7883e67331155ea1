import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Etcd } from "@quarterdeck/testing/etcd";
import type { ApiClient } from "../process/api-client.js";
import { connectionTo, type Stage } from "../process/stage.js";

/** Something that goes wrong while operations are recorded; it resolves when all processes run again. */
export interface Fault {
  readonly name: string;
  /** Whether connections of clients end in the middle of what they were told. */
  readonly breaksConnections?: boolean;
  strike(stage: Stage): Promise<void>;
}

const HOUR = 3_600_000;
const PAUSE = 3000;
const SLOW = 150;
const SETTLED = 100;
/** How long a killed process stays away. */
const ABSENCE = 300;

function anyOf<T>(processes: readonly T[]): T {
  const process = processes[Math.floor(Math.random() * processes.length)];
  if (process === undefined) throw new Error("there is no such process");
  return process;
}

function etcdOf({ etcd }: Stage): Etcd {
  if (etcd === undefined) throw new Error("there is no etcd to disturb");
  return etcd;
}

/** kill -9 of a server while it writes, and its start on what it left. */
export const killServer: Fault = {
  name: "kill -9 of a server",
  breaksConnections: true,
  strike: async ({ servers }) => {
    const { process } = anyOf(servers);
    await process.end("SIGKILL");
    await sleep(Math.random() * ABSENCE);
    await process.restart();
  },
};

/** A server stands still for a while, keeps its connections and goes on with what it then knows. */
export const pauseServer: Fault = {
  name: "a server paused",
  strike: async ({ servers }) => {
    const { process } = anyOf(servers);
    process.signal("SIGSTOP");
    await sleep(PAUSE);
    process.signal("SIGCONT");
  },
};

/** One server is parted from etcd: it is told nothing, not even that. The others go on. */
export const partServer: Fault = {
  name: "a server parted from etcd",
  strike: async ({ servers }) => {
    const { links } = anyOf(servers);
    for (const link of links) link.hold();
    await sleep(PAUSE);
    for (const link of links) link.release();
  },
};

/** One server hears of everything late. */
export const slowServer: Fault = {
  name: "a slow connection to etcd",
  strike: async ({ servers }) => {
    const { links } = anyOf(servers);
    for (const link of links) link.slow(SLOW);
    await sleep(PAUSE);
    for (const link of links) link.slow(0);
  },
};

/** An orderly stop and start of a server. */
export const restartServer: Fault = {
  name: "restart of a server",
  strike: async ({ servers }) => {
    const { process } = anyOf(servers);
    const { code } = await process.end("SIGTERM");
    if (code !== 0) throw new Error(`a server ended with ${code}:\n${process.output}`);
    await process.restart();
  },
};

/** Moves the clock of a server to so many hours beside the true time, forwards or backwards from where it was. */
export function setClock(hours: number): Fault {
  return {
    name: `clock of a server at ${hours < 0 ? "" : "+"}${hours} h`,
    strike: async ({ servers }) => {
      const { process, clock } = anyOf(servers);
      await writeFile(clock, String(hours * HOUR));
      process.signal("SIGUSR2");
      const client = await connectionTo(process);
      await sleep(SETTLED);
      const off = (await clockOf(client)) - Date.now() - hours * HOUR;
      client.close();
      if (Math.abs(off) > HOUR / 2) throw new Error(`the clock of a server did not move: it is off by ${off} ms`);
    },
  };
}

/** What time a server takes it to be, by an object that it does not keep. */
async function clockOf(client: ApiClient): Promise<number> {
  const { text } = await client.request("POST", "/api/v1/namespaces?dryRun=All", { metadata: { name: "what-time" } });
  return Date.parse(JSON.parse(text).metadata.creationTimestamp);
}

/** kill -9 of etcd and its start on what it left. */
export const killEtcd: Fault = {
  name: "kill -9 of etcd",
  strike: async (stage) => {
    await etcdOf(stage).kill();
    await sleep(Math.random() * ABSENCE);
    await etcdOf(stage).restart();
  },
};

/** An orderly stop and start of etcd. */
export const restartEtcd: Fault = {
  name: "restart of etcd",
  strike: async (stage) => {
    await Promise.all(etcdOf(stage).members.map((member) => member.end()));
    await etcdOf(stage).restart();
  },
};

/** etcd keeps its connections and answers nothing for a while. */
export const pauseEtcd: Fault = {
  name: "etcd paused",
  strike: async (stage) => {
    await etcdOf(stage).pause();
    await sleep(PAUSE);
    etcdOf(stage).resume();
  },
};

/** kill -9 of one member of a cluster, be it the leader or not. */
export const killMember: Fault = {
  name: "kill -9 of a member of etcd",
  strike: async (stage) => {
    const member = anyOf(etcdOf(stage).members);
    await member.kill();
    await sleep(PAUSE / 2);
    await member.restart();
  },
};

/** One member of a cluster answers nothing for a while; the others elect a leader when it was that. */
export const pauseMember: Fault = {
  name: "a member of etcd paused",
  strike: async (stage) => {
    const member = anyOf(etcdOf(stage).members);
    await member.pause();
    await sleep(PAUSE);
    member.resume();
  },
};
