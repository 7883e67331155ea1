import { setTimeout as sleep } from "node:timers/promises";
import type { ApiClient } from "../process/api-client.js";
import { COLLECTIONS } from "../process/collection.js";
import { type Holdings, Reflector } from "../process/reflector.js";
import type { Stage } from "../process/stage.js";
import type { Follower } from "./follower.js";
import { MemorySamples } from "./memory.js";
import { SoakWriter } from "./soak-writer.js";

const WATCHERS = 1000;
const WATCHERS_PER_CONNECTION = 50;
const WRITERS = 32;
/** So many milliseconds between the writes of one writer make about forty writes a second, each told to 500 watchers. */
const PAUSE = 800;
/** How long followers may take for what was written last. */
const PATIENCE = 60_000;
/** Memory that grows more than this between the third and the last eighth is a leak. */
const MOST_GROWTH = 2;

/** What a run did, and everything that was wrong. */
export interface SoakResult {
  readonly summary: readonly string[];
  readonly failures: readonly string[];
}

/** Writes and watches for so many seconds; then everyone who followed must hold what a fresh list tells. */
export async function soak(stage: Stage, followers: readonly Follower[], seconds: number): Promise<SoakResult> {
  const connections: ApiClient[] = [];
  const connect = async (): Promise<ApiClient> => {
    const [client] = await stage.clients();
    if (client === undefined) throw new Error("there is no server");
    connections.push(client);
    return client;
  };
  const watchers = await startWatchers(connect);
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, async (_, id) => new SoakWriter(id, await connect(), PAUSE)),
  );
  const memory = new MemorySamples(() => stage.servers[0]?.process.pid ?? 0);
  const stop = new AbortController();
  const running = Promise.all(writers.map((writer) => writer.run(stop.signal)));
  const pass = (part: number) => Promise.race([sleep(part * seconds * 1000), running]);
  await pass(1 / 8);
  for (const writer of writers) writer.disturbed = true;
  await stage.servers[0]?.process.end("SIGKILL");
  await stage.servers[0]?.process.restart();
  await pass(1 / 8);
  for (const writer of writers) writer.disturbed = false;
  await pass(1 / 4);
  await stage.etcd?.restart();
  await pass(1 / 2);
  stop.abort();
  await running;
  const course = memory.stop(8);
  // The first quarter is how it grew to its size.
  const [early = 0, late = 0] = [course[2], course.at(-1)];
  const fresh = await freshLists(await connect());
  const behind = [...(await missing(watchers, fresh)), ...(await differing(followers, fresh))];
  await Promise.all([...watchers.values()].flat().map((watcher) => watcher.stop()));
  for (const connection of connections) connection.close();
  const all = [...watchers.values()].flat();
  const leak = late > early * MOST_GROWTH ? [`the memory of the server grew from ${early} to ${late} MiB`] : [];
  return {
    summary: [
      `${seconds} s, ${WRITERS} writers: ${answersOf(writers)}`,
      `${all.length} watchers: ${sum(all.map(({ events }) => events))} events, ${sum(all.map(({ connections }) => connections))} connections, ${sum(all.map(({ lists }) => lists))} lists`,
      `followers at the end: ${followers.map(({ name }) => name).join(", ")}; objects: ${[...fresh].map(([resource, held]) => `${held.size} ${resource}`).join(", ")}`,
      `memory of the server, in eighths of the time: ${course.join(", ")} MiB`,
    ],
    failures: [...behind, ...writers.flatMap(({ failures }) => failures), ...leak],
  };
}

/** Half of the watchers on each collection; each connection of a watch lasts half a minute to two minutes. */
async function startWatchers(connect: () => Promise<ApiClient>): Promise<ReadonlyMap<string, Reflector[]>> {
  const watchers = new Map<string, Reflector[]>();
  for (const collection of COLLECTIONS) {
    const following: Reflector[] = [];
    while (following.length < WATCHERS / COLLECTIONS.length) {
      const client = await connect();
      for (let stream = 0; stream < WATCHERS_PER_CONNECTION; stream++)
        following.push(new Reflector(client, collection, 30 + Math.floor(Math.random() * 90)));
    }
    for (const watcher of following) await watcher.start();
    watchers.set(collection.resource, following);
  }
  return watchers;
}

async function freshLists(client: ApiClient): Promise<ReadonlyMap<string, Holdings>> {
  const fresh = new Map<string, Holdings>();
  for (const { resource, path } of COLLECTIONS) {
    const { status, text } = await client.request("GET", path);
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${text}`);
    const items: { metadata: { name: string; resourceVersion: string } }[] = JSON.parse(text).items;
    fresh.set(resource, new Map(items.map(({ metadata }) => [metadata.name, metadata.resourceVersion])));
  }
  return fresh;
}

/** What watchers do not hold as the fresh list has it, when they have had their time. */
async function missing(
  watchers: ReadonlyMap<string, readonly Reflector[]>,
  fresh: ReadonlyMap<string, Holdings>,
): Promise<string[]> {
  const judge = (): string[] =>
    [...watchers].flatMap(([resource, following]) => {
      const wrong = following.map(({ holdings }) => difference(holdings, fresh.get(resource))).filter(isText);
      return wrong.length === 0 ? [] : [`${wrong.length} watchers of ${resource} are wrong, the first: ${wrong[0]}`];
    });
  return untilNothing(async () => judge());
}

async function differing(followers: readonly Follower[], fresh: ReadonlyMap<string, Holdings>): Promise<string[]> {
  return untilNothing(async () => {
    const wrong: string[] = [];
    for (const follower of followers) {
      const held = await follower.holdings();
      for (const [resource, list] of fresh) {
        const text = difference(held.get(resource) ?? new Map(), list);
        if (text !== undefined) wrong.push(`${follower.name} holds other ${resource} than a fresh list: ${text}`);
      }
    }
    return wrong;
  });
}

async function untilNothing(judge: () => Promise<string[]>): Promise<string[]> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const wrong = await judge();
    if (wrong.length === 0 || performance.now() > deadline) return wrong;
    await sleep(500);
  }
}

function difference(held: Holdings, list: Holdings = new Map()): string | undefined {
  for (const [name, revision] of list)
    if (held.get(name) !== revision) return `${name} at ${held.get(name)} instead of ${revision}`;
  for (const [name, revision] of held) if (!list.has(name)) return `${name} at ${revision}, which is gone`;
  return undefined;
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}

function answersOf(writers: readonly SoakWriter[]): string {
  const counts = new Map<string, number>();
  for (const { answers } of writers)
    for (const [answer, count] of answers) counts.set(answer, (counts.get(answer) ?? 0) + count);
  return [...counts].map(([answer, count]) => `${count} x ${answer}`).join(", ");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
