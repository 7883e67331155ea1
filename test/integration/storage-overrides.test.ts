import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StorageConfig } from "@quarterdeck/sdk";
import type { TestServer } from "@quarterdeck/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { create, namesOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

describe("storage.overrides", () => {
  let folder: string;
  let server: TestServer | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-overrides-"));
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  async function start(storage: StorageConfig): Promise<TestServer> {
    server = await startExampleServer({ storage });
    return server;
  }

  const level = (name: string) => ["level", { path: join(folder, name) }] as const;

  it("keep resources in storages of their own, each with its own revisions, through a restart", async () => {
    const rollouts = "rollouts.delivery.example.com";
    const overrides = { configmaps: level("maps"), [rollouts]: level("maps"), secrets: level("secrets") };
    const storage = { use: level("all"), overrides };
    const first = await start(storage);
    for (const name of ["a", "b", "c"]) {
      await create(first, "/api/v1/namespaces/default/configmaps", { metadata: { name } });
    }
    const made = await create(first, rolloutsOf("default"), rollout("web"));
    const secret = await create(first, "/api/v1/namespaces/default/secrets", { metadata: { name: "s" } });
    // A store begins at 1: four writes went to the one, a single one to the other.
    expect(made.metadata.resourceVersion).toBe("5");
    expect(secret.metadata.resourceVersion).toBe("2");
    expect(["all", "maps", "secrets"].map((name) => existsSync(join(folder, name)))).toEqual([true, true, true]);
    await first.stop();
    const second = await start(storage);
    expect(namesOf(await second.request("/api/v1/namespaces/default/configmaps"))).toEqual(["a", "b", "c"]);
    expect(objectOf(await second.request(`${rolloutsOf("default")}/web`)).metadata.uid).toBe(made.metadata.uid);
    const verbose = (await second.request("/readyz?verbose")).text();
    const checks = ["storage", "storage-configmaps", `storage-${rollouts}`, "storage-secrets"];
    for (const check of checks) expect(verbose).toContain(`[+]${check} ok\n`);
    expect((await second.request("/livez?verbose")).text()).not.toContain("storage");
  });

  it("cannot be written to together with other storages in one transaction", async () => {
    const first = await startExampleServer({
      server: { transactions: true },
      storage: { use: level("all"), overrides: { secrets: level("secrets") } },
    });
    server = first;
    const object = (kind: string, name: string) => ({
      verb: "create",
      object: { apiVersion: "v1", kind, metadata: { name, namespace: "default" } },
    });
    const send = (...operations: readonly object[]) =>
      first.request("/quarterdeck/v1/transactions", {
        method: "POST",
        body: { kind: "Transaction", apiVersion: "quarterdeck/v1", operations },
      });
    const across = await send(object("ConfigMap", "a"), object("Secret", "b"));
    expect([across.status, across.json<{ message: string }>().message]).toEqual([
      400,
      "a transaction cannot write to resources that are kept in different storages",
    ]);
    expect((await first.request("/api/v1/namespaces/default/configmaps/a")).status).toBe(404);
    expect((await send(object("Secret", "b"), object("Secret", "c"))).status).toBe(200);
  });

  it("tell a resource that is not there, with what is meant", async () => {
    await expect(start({ use: "memory", overrides: { rollouts: "memory" } })).rejects.toMatchObject({
      line: 'no resource is named "rollouts" at storage.overrides["rollouts"] = "memory" in test config; did you mean "rollouts.delivery.example.com"?',
    });
  });

  it("refuse two storages in one folder", async () => {
    const path = join(folder, "all");
    const overrides = { events: ["level", { path, compactionSeconds: 3600 }] } as const;
    await expect(start({ use: level("all"), overrides })).rejects.toMatchObject({
      path: 'storage.overrides["events"]',
      message: `keeps its data in ${path}, as storage.use does: give it a place of its own, or write both alike`,
    });
  });

  it("close the storages that could be opened when one cannot", async () => {
    const overrides = { events: ["level", { path: "/dev/null/nowhere" }] } as const;
    await expect(start({ use: level("all"), overrides })).rejects.toThrow("/dev/null/nowhere cannot be opened");
    await start(level("all"));
  });
});
