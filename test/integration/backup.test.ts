import { existsSync } from "node:fs";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubeObject } from "@quarterdeck/meta";
import { type Etcd, etcdMissing, startEtcd } from "@quarterdeck/testing/etcd";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BackupFile } from "../../packages/kernel/src/transfer/backup-file.js";
import { quarterdeck, type Run } from "../docs/quarterdeck.js";
import { ServerProcess } from "../process/server-process.js";
import type { KubeList } from "./support/api-objects.js";
import { ProcessClient } from "./support/process-client.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const COLLECTIONS = [
  "/api/v1/namespaces",
  "/api/v1/configmaps",
  "/api/v1/secrets",
  "/api/v1/events",
  "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas",
  "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations",
  `${RBAC}/clusterroles`,
  `${RBAC}/clusterrolebindings`,
  `${RBAC}/roles`,
  `${RBAC}/rolebindings`,
  "/apis/scheduling.k8s.io/v1/priorityclasses",
];

function event(name: string): object {
  const involvedObject = { kind: "ConfigMap", name: "a", namespace: "default" };
  return { metadata: { name, namespace: "default" }, involvedObject, reason: "Tested", type: "Normal" };
}

async function listAt(client: ProcessClient, path: string, revision?: number): Promise<readonly KubeObject[]> {
  const exact = revision === undefined ? "" : `?resourceVersion=${revision}&resourceVersionMatch=Exact`;
  const { status, text } = await client.request("GET", `${path}${exact}`);
  if (status !== 200) throw new Error(`${status}: ${text}`);
  const list: KubeList = JSON.parse(text);
  return list.items;
}

describe("backup, restore and migrate, from process to process", { timeout: 120_000 }, () => {
  let folder: string;
  const servers: ServerProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-transfer-"));
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.dispose()));
    await rm(folder, { recursive: true, force: true });
  });

  /** A config that keeps its objects in folders of its own. */
  async function config(name: string, storage: object): Promise<string> {
    const file = join(folder, `${name}.json`);
    // Those of services write while nobody asks, and what no collection shows.
    const controllers = ["namespace", "garbage-collector", "clusterrole-aggregation", "event-ttl"];
    await writeFile(file, JSON.stringify({ storage, controllers, server: { data: join(folder, `${name}-data`) } }));
    return file;
  }
  const level = (name: string) => ["level", { path: join(folder, name) }];

  async function start(file: string): Promise<{ server: ServerProcess; client: ProcessClient }> {
    const server = await ServerProcess.start(file);
    servers.push(server);
    return { server, client: await ProcessClient.of(server) };
  }

  const run = (...args: readonly string[]): Promise<Run> => quarterdeck(args, folder);

  /** All objects of a server, oldest write first. */
  async function everything(client: ProcessClient, revision?: number): Promise<readonly KubeObject[]> {
    const lists = await Promise.all(COLLECTIONS.map((path) => listAt(client, path, revision)));
    const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.resourceVersion);
    return lists.flat().sort((one, other) => revisionOf(one) - revisionOf(other));
  }

  /** When the objects of a stopped server end, by a backup of it. */
  async function endsIn(config: string, kubeconfig: string): Promise<readonly (readonly [key: string, end: number])[]> {
    const path = `${config}.backup`;
    expect(await run("backup", path, "--config", config, "--kubeconfig", kubeconfig)).toMatchObject({ code: 0 });
    const file = await BackupFile.open(path);
    const ends: [string, number][] = [];
    for (const section of file.sections) {
      for await (const { key, expiresAt } of section.entries())
        if (expiresAt !== undefined) ends.push([key, expiresAt]);
    }
    await file.close();
    return ends;
  }

  const withoutRevision = ({ metadata: { resourceVersion: _, ...metadata }, ...object }: KubeObject) => {
    return { ...object, metadata };
  };

  it("a backup taken while eight clients write is the state of one revision, and restores to exactly that", async () => {
    const source = await config("source", level("source-store"));
    const { server, client } = await start(source);
    for (let at = 0; at < 50; at++) {
      await client.request("POST", MAPS, { metadata: { name: `still-${at}` }, data: { at: String(at) } });
    }
    await client.request("POST", "/api/v1/namespaces/default/events", event("e"));
    let writing = true;
    let writes = 0;
    const writers = Array.from({ length: 8 }, async (_one, writer) => {
      for (let n = 0; writing; n++) {
        // The second is always written after the first: no consistent state has it ahead.
        for (const half of ["first", "second"]) {
          const name = `w-${writer}-${half}`;
          const body = { metadata: { name }, data: { n: String(n) } };
          const { status } = await client.request(n === 0 ? "POST" : "PUT", n === 0 ? MAPS : `${MAPS}/${name}`, body);
          expect([200, 201]).toContain(status);
          writes++;
        }
        if (n % 5 === 4) await client.request("DELETE", `${MAPS}/still-${writer * 5 + ((n / 5) | 0)}`);
      }
    });
    await expect.poll(() => writes, { timeout: 30_000 }).toBeGreaterThan(50);
    const file = join(folder, "a.backup");
    const taken = await run("backup", file, "--config", source, "--kubeconfig", server.kubeconfig);
    const after = writes;
    await expect.poll(() => writes, { timeout: 30_000 }).toBeGreaterThan(after + 20);
    writing = false;
    await Promise.all(writers);
    expect(taken).toMatchObject({ code: 0, stderr: expect.stringMatching(/^backing up: \d+ objects\n$/) });
    const [, revision = ""] = /revision (\d+)/.exec(taken.stdout) ?? [];
    const expected = await everything(client, Number(revision));
    const target = await config("target", level("target-store"));
    const restored = await run("restore", file, "--config", target);
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining(`restored ${expected.length} objects`) });
    const copy = await start(target);
    const found = await everything(copy.client);
    expect(found).toEqual(expected);
    for (let writer = 0; writer < 8; writer++) {
      const [first, second] = ["first", "second"].map((half) => {
        const map = found.find(({ metadata }) => metadata.name === `w-${writer}-${half}`);
        return Number(Object(map?.data).n ?? -1);
      });
      expect([0, 1]).toContain((first ?? 0) - (second ?? 0));
    }
    // It goes on behind what it was restored to.
    await copy.client.request("POST", MAPS, { metadata: { name: "new" } });
    const made = await copy.client.read(`${MAPS}/new`);
    expect(Number(made.metadata.resourceVersion)).toBeGreaterThan(Number(revision));
  });

  it("a backup of a stopped server comes from its storages; nothing is written over, cut files are refused", async () => {
    const source = await config("source", { use: level("s"), overrides: { events: level("s-events") } });
    const { server, client } = await start(source);
    await client.request("POST", MAPS, { metadata: { name: "a" } });
    await client.request("POST", "/api/v1/namespaces/default/events", event("e"));
    const expected = await everything(client);
    await server.end("SIGTERM");
    const file = join(folder, "a.backup");
    const kubeconfig = ["--kubeconfig", server.kubeconfig];
    expect(await run("backup", file, "--config", source, ...kubeconfig)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^wrote .* from the storages\n {2}storage: \d+ objects, revision \d+\n {2}storage-events: 1 objects, revision 2\n$/,
      ),
    });
    expect(await run("backup", file, "--config", source, ...kubeconfig)).toMatchObject({
      code: 1,
      stderr: `error: ${file} exists already: it is not written over\n`,
    });
    // The target keeps all in one storage: revisions of the two do not come in the way of each other.
    const target = await config("target", level("t"));
    expect(await run("restore", file, "--config", target)).toMatchObject({ code: 0 });
    expect(await run("restore", file, "--config", target)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/storage \(.*\/t\) holds objects already \(\d+\): nothing was written\n$/),
    });
    const copy = await start(target);
    const byUid = (objects: readonly KubeObject[]) =>
      [...objects].map(withoutRevision).sort((a, b) => String(a.metadata.uid).localeCompare(String(b.metadata.uid)));
    expect(byUid(await everything(copy.client))).toEqual(byUid(expected));
    expect(await run("restore", file, "--config", await config("fleeting", ["memory"]))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("error: storage is kept in memory: nothing would be left of what is put there"),
    });
    await truncate(file, 200);
    const cut = await run("restore", file, "--config", await config("cut", level("c")));
    expect(cut).toMatchObject({ code: 1, stderr: expect.stringContaining(`error: ${file} is no whole backup: `) });
    expect(existsSync(join(folder, "c"))).toBe(false);
  });

  it("migrate moves everything to another store and keeps uids, times, ends and the order of writes", async () => {
    const source = await config("source", level("s"));
    const { server, client } = await start(source);
    for (let at = 0; at < 30; at++) await client.request("POST", MAPS, { metadata: { name: `m-${at}` } });
    for (let at = 29; at >= 0; at -= 3)
      await client.request("PUT", `${MAPS}/m-${at}`, { metadata: { name: `m-${at}` }, data: { at: "x" } });
    await client.request("POST", "/api/v1/namespaces/default/events", event("e"));
    const expected = await everything(client);
    const target = await config("target", { use: level("t"), overrides: { configmaps: level("t-maps") } });
    const locked = await run("migrate", "--to", target, "--config", source);
    expect(locked).toMatchObject({ code: 1, stderr: expect.stringContaining("is in use by another process") });
    await server.end("SIGTERM");
    const ends = await endsIn(source, server.kubeconfig);
    expect(ends).toEqual([["/registry/events/default/e", expect.any(Number)]]);
    const moved = await run("migrate", "--to", target, "--config", source);
    expect(moved).toMatchObject({ code: 0, stdout: `moved ${expected.length} objects; the source still holds them\n` });
    expect(await run("migrate", "--to", target, "--config", source)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("holds objects already"),
    });
    expect(await run("migrate", "--to", source, "--config", source)).toMatchObject({
      code: 2,
      stderr: `error: both configs keep storage in ${join(folder, "s")}: there is nothing to move\n`,
    });
    const copy = await start(target);
    const found = await everything(copy.client);
    expect(found).toEqual(expected);
    await copy.server.end("SIGTERM");
    expect(await endsIn(target, copy.server.kubeconfig)).toEqual(ends);
  });

  describe.skipIf(etcdMissing)(`with etcd${etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`}`, () => {
    let etcd: Etcd;

    beforeAll(async () => {
      etcd = await startEtcd();
    });
    afterAll(() => etcd.stop());

    const etcd3 = (prefix: string) => ["etcd3", { endpoints: etcd.endpoints, prefix }];

    it("migrate moves from level to etcd and back and keeps uids, times, ends and the order of writes", async () => {
      const source = await config("source", level("s"));
      const { server, client } = await start(source);
      for (let at = 0; at < 30; at++) await client.request("POST", MAPS, { metadata: { name: `m-${at}` } });
      for (let at = 29; at >= 0; at -= 3) {
        await client.request("PUT", `${MAPS}/m-${at}`, { metadata: { name: `m-${at}` }, data: { at: "x" } });
      }
      await client.request("POST", "/api/v1/namespaces/default/events", event("e"));
      const expected = (await everything(client)).map(withoutRevision);
      await server.end("SIGTERM");
      const ends = await endsIn(source, server.kubeconfig);
      const middle = await config("middle", etcd3("/moved"));
      const there = await run("migrate", "--to", middle, "--config", source);
      expect(there).toMatchObject({
        code: 0,
        stdout: `moved ${expected.length} objects; the source still holds them\n`,
      });
      const onEtcd = await start(middle);
      expect((await everything(onEtcd.client)).map(withoutRevision)).toEqual(expected);
      await onEtcd.server.end("SIGTERM");
      const again = await run("migrate", "--to", middle, "--config", source);
      expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("holds objects already") });
      const target = await config("target", level("t"));
      const back = await run("migrate", "--to", target, "--config", middle);
      expect(back).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^what is written to the source meanwhile is/),
      });
      const copy = await start(target);
      expect((await everything(copy.client)).map(withoutRevision)).toEqual(expected);
      await copy.server.end("SIGTERM");
      const [[key, end] = ["", 0]] = await endsIn(target, copy.server.kubeconfig);
      expect(key).toBe(ends[0]?.[0]);
      // Keys share leases: what is an hour may end a minute and two roundings later, never earlier by more than those.
      expect(end - (ends[0]?.[1] ?? 0)).toBeGreaterThan(-3000);
      expect(end - (ends[0]?.[1] ?? 0)).toBeLessThan(130_000);
    });

    it("a backup of a server on etcd is one state, read by a server or without one", async () => {
      const source = await config("source", etcd3("/saved"));
      const { server, client } = await start(source);
      for (let at = 0; at < 30; at++) await client.request("POST", MAPS, { metadata: { name: `m-${at}` } });
      const expected = await everything(client);
      const online = join(folder, "online.backup");
      const offline = join(folder, "offline.backup");
      const kubeconfig = ["--kubeconfig", server.kubeconfig];
      expect(await run("backup", online, "--config", source, ...kubeconfig)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("from the server at"),
      });
      await server.end("SIGTERM");
      expect(await run("backup", offline, "--config", source, ...kubeconfig)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("from the storages"),
      });
      for (const file of [online, offline]) {
        const target = await config(`${file === online ? "one" : "two"}`, level(file === online ? "l1" : "l2"));
        expect(await run("restore", file, "--config", target)).toMatchObject({ code: 0 });
        const copy = await start(target);
        // Level keeps revisions, those of etcd too.
        expect(await everything(copy.client)).toEqual(expected);
      }
    });
  });
});
