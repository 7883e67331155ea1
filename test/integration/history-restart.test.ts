import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ApiClient, ConnectionLost } from "../process/api-client.js";
import { bodyOf, COLLECTIONS, type LoadObject } from "../process/collection.js";
import { Reflector } from "../process/reflector.js";
import { Stage } from "../process/stage.js";

const [MAPS, ROLLOUTS] = COLLECTIONS;

/** Writes to a few objects of both collections until it is told to stop; a lost connection is an ordinary thing. */
async function write(client: ApiClient, writer: number, signal: AbortSignal, acknowledged: () => void): Promise<void> {
  for (let round = 0; !signal.aborted; round++) {
    for (const collection of COLLECTIONS) {
      const name = `w${writer}-${round % 5}`;
      const body = bodyOf(collection, name, `${writer}-${round}`, "left");
      const path = `${collection.path}/${name}`;
      const [method, target] =
        round % 15 < 5 ? ["POST", collection.path] : round % 15 < 10 ? ["PUT", path] : ["DELETE", path];
      const answer = await client
        .request(method ?? "GET", target ?? path, method === "DELETE" ? undefined : body)
        .catch((error: unknown) => {
          if (!(error instanceof ConnectionLost)) throw error;
          return undefined;
        });
      if (answer !== undefined && answer.status < 300) acknowledged();
    }
  }
}

describe("a server that is started again on its folder", () => {
  let stage: Stage;
  let client: ApiClient;

  beforeEach(async () => {
    stage = await Stage.start({ storage: "level", servers: 1 });
    const [first] = await stage.clients();
    if (first === undefined) throw new Error("there is no server");
    client = first;
  });

  afterEach(() => stage.stop());

  async function holdings(path: string): Promise<Map<string, string>> {
    const { text } = await client.request("GET", path);
    const items: LoadObject[] = JSON.parse(text).items;
    return new Map(items.map(({ metadata }) => [metadata.name ?? "", metadata.resourceVersion]));
  }

  it.each(["SIGTERM", "SIGKILL"] as const)(
    "lets reflectors go on under load after %s, without a second list",
    async (signal) => {
      const process = stage.servers[0]?.process;
      const reflectors = COLLECTIONS.map((collection) => new Reflector(client, collection));
      for (const reflector of reflectors) await reflector.start();
      let acknowledged = 0;
      const stop = new AbortController();
      const writers = await Promise.all(Array.from({ length: 4 }, () => stage.clients()));
      const running = Promise.all(
        writers.map(([own], index) => own && write(own, index, stop.signal, () => (acknowledged += 1))),
      );
      for (let restarts = 0; restarts < 3; restarts++) {
        const before = acknowledged;
        await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(before + 200);
        await process?.end(signal);
        await process?.restart();
      }
      const after = acknowledged;
      await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(after + 50);
      stop.abort();
      await running;
      for (const [index, { path }] of COLLECTIONS.entries()) {
        const list = await holdings(path);
        await expect.poll(() => reflectors[index]?.holdings, { timeout: 20_000 }).toEqual(list);
        expect(reflectors[index]?.lists).toBe(1);
        expect(reflectors[index]?.connections).toBeGreaterThan(3);
        await reflectors[index]?.stop();
      }
    },
  );

  it.each(["SIGTERM", "SIGKILL"] as const)("tells a watch from before %s all that it had missed", async (signal) => {
    const collection = ROLLOUTS ?? MAPS;
    if (collection === undefined) throw new Error("there is nothing to write");
    const revision = (text: string): string => JSON.parse(text).metadata.resourceVersion;
    const make = (name: string) => client.request("POST", collection.path, bodyOf(collection, name, name, "left"));
    const start = revision((await make("before")).text);
    const created = revision((await make("missed")).text);
    await client.request("DELETE", `${collection.path}/before`);
    await stage.servers[0]?.process.end(signal);
    await stage.servers[0]?.process.restart();
    const again = revision((await make("before")).text);
    const told: string[] = [];
    const watch = `${collection.path}?watch=1&resourceVersion=${start}&timeoutSeconds=1`;
    for await (const { type, object } of client.lines<{ type: string; object: LoadObject }>(watch))
      told.push(`${type} ${object.metadata.name} ${object.metadata.resourceVersion}`);
    const deleted = String(Number(created) + 1);
    expect(told).toEqual([`ADDED missed ${created}`, `DELETED before ${deleted}`, `ADDED before ${again}`]);
  });
});
