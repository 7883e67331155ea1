import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, definePlugin, type EncryptionProvider } from "@quarterdeck/sdk";
import { LevelStorage } from "@quarterdeck/storage-level";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { create, namesOf, objectOf } from "./support/api-objects.js";
import {
  bytesBelow,
  encryptionConfiguration,
  key,
  type Rule,
  sealedByAesCbc,
  writeEncryption,
} from "./support/encryption.js";
import { startExampleServer } from "./support/example-server.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { WatchReader } from "./support/watch-reader.js";

const SECRETS = "/api/v1/namespaces/default/secrets";
const MAPS = "/api/v1/namespaces/default/configmaps";
/** What must not be found in the files; base64 as it stands in a Secret. */
const PLAIN = Buffer.from("the launch code is 0000").toString("base64");

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const secrets = (...providers: readonly object[]): Rule => ({ resources: ["secrets"], providers });
const aescbc = (...keys: readonly object[]) => ({ aescbc: { keys } });
const aesgcm = (...keys: readonly object[]) => ({ aesgcm: { keys } });
const secretbox = (...keys: readonly object[]) => ({ secretbox: { keys } });
const identity = { identity: {} };

describe("encryption at rest", () => {
  let folder: string;
  let file: string;
  let server: TestServer | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-encryption-"));
    file = join(folder, "encryption.yaml");
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const store = () => join(folder, "store");
  const level = () => ["level", { path: store(), compactionSeconds: 0 }] as const;

  async function restart(more: Config = {}): Promise<TestServer> {
    await server?.stop();
    server = undefined;
    server = await startExampleServer({ storage: { use: level(), encryption: file }, ...more });
    return server;
  }

  async function start(...rules: readonly Rule[]): Promise<TestServer> {
    await writeEncryption(file, ...rules);
    return restart();
  }

  /** What the backend holds under a key, while no server has it open. */
  async function stored(path: string): Promise<string> {
    await server?.stop();
    server = undefined;
    return (await rawly((storage) => storage.get(path))).entry?.value.toString("latin1") ?? "";
  }

  async function rawly<T>(use: (storage: LevelStorage) => Promise<T>): Promise<T> {
    const options = { path: store(), compactionSeconds: 0, maxValueBytes: 65536, cacheBytes: 8388608 };
    const storage = new LevelStorage(options, logger);
    await storage.open();
    try {
      return await use(storage);
    } finally {
      await storage.close();
    }
  }

  const secret = (name: string) => ({ metadata: { name }, data: { code: PLAIN } });

  it.each([
    ["aescbc", aescbc(key("k", 1)), "k8s:enc:aescbc:v1:k:"],
    ["aesgcm", aesgcm(key("k", 1)), "k8s:enc:aesgcm:v1:k:"],
    ["secretbox", secretbox(key("k", 1)), "k8s:enc:secretbox:v1:k:"],
  ])("%s leaves nothing of a secret in the files, and reads it after a restart", async (_name, provider, prefix) => {
    const first = await start(secrets(provider, identity));
    const made = await create(first, SECRETS, secret("a"));
    await create(first, MAPS, { metadata: { name: "m" }, data: { seen: "in the open" } });
    expect((await stored("/registry/secrets/default/a")).startsWith(prefix)).toBe(true);
    expect((await stored("/registry/configmaps/default/m")).startsWith("{")).toBe(true);
    const bytes = await bytesBelow(store());
    expect(bytes.includes(PLAIN)).toBe(false);
    const again = await restart();
    expect(objectOf(await again.request(`${SECRETS}/a`))).toEqual(made);
    const history = await again.request("/quarterdeck/v1/history?resource=secrets&namespace=default&name=a");
    expect(history.text()).toContain(PLAIN);
  });

  it("encrypts by wildcards: the rule for the resource, that for its group, that for everything", async () => {
    const first = await start(
      secrets(aesgcm(key("one", 1))),
      { resources: ["*."], providers: [aesgcm(key("core", 2)), identity] },
      { resources: ["*.*"], providers: [aesgcm(key("all", 3)), identity] },
    );
    await create(first, SECRETS, secret("a"));
    await create(first, MAPS, { metadata: { name: "m" } });
    await create(first, rolloutsOf("default"), rollout("r"));
    expect((await stored("/registry/secrets/default/a")).startsWith("k8s:enc:aesgcm:v1:one:")).toBe(true);
    expect((await stored("/registry/configmaps/default/m")).startsWith("k8s:enc:aesgcm:v1:core:")).toBe(true);
    expect((await stored("/registry/namespaces/default")).startsWith("k8s:enc:aesgcm:v1:core:")).toBe(true);
    const kept = await stored("/registry/delivery.example.com/rollouts/default/r");
    expect(kept.startsWith("k8s:enc:aesgcm:v1:all:")).toBe(true);
    const again = await restart();
    expect(namesOf(await again.request(SECRETS))).toEqual(["a"]);
  });

  it("rotates keys: what an older key wrote is read, and written anew by an update that changes nothing", async () => {
    const first = await start(secrets(identity));
    await create(first, SECRETS, secret("a"));
    const second = await start(secrets(aescbc(key("old", 1)), identity));
    const before = objectOf(await second.request(`${SECRETS}/a`));
    const after = objectOf(await second.request(`${SECRETS}/a`, { method: "PUT", body: before }));
    expect(after.metadata.resourceVersion).not.toBe(before.metadata.resourceVersion);
    const unchanged = objectOf(await second.request(`${SECRETS}/a`, { method: "PUT", body: after }));
    expect(unchanged.metadata.resourceVersion).toBe(after.metadata.resourceVersion);
    expect((await stored("/registry/secrets/default/a")).startsWith("k8s:enc:aescbc:v1:old:")).toBe(true);
    const third = await start(secrets(aescbc(key("new", 2), key("old", 1))));
    const patch = { method: "PATCH", body: {}, headers: { "content-type": "application/merge-patch+json" } } as const;
    expect((await third.request(`${SECRETS}/a`, patch)).status).toBe(200);
    expect((await stored("/registry/secrets/default/a")).startsWith("k8s:enc:aescbc:v1:new:")).toBe(true);
    const fourth = await start(secrets(identity, aescbc(key("new", 2))));
    expect((await fourth.request(`${SECRETS}/a`, patch)).status).toBe(200);
    expect((await stored("/registry/secrets/default/a")).startsWith("{")).toBe(true);
    const fifth = await start(secrets(secretbox(key("new", 2)), identity));
    expect(objectOf(await fifth.request(`${SECRETS}/a`)).data).toEqual({ code: PLAIN });
  });

  it("starts with values that no key opens, and says so wherever they would be read", async () => {
    const first = await start(secrets(aescbc(key("lost", 1))));
    await create(first, SECRETS, secret("a"));
    const second = await start(secrets(aescbc(key("other", 2)), identity));
    const why =
      'unable to transform key "/registry/secrets/default/a": no matching key was found for the provided AES transformer';
    const failure = {
      status: "Failure",
      reason: "InternalError",
      code: 500,
      message: `Internal error occurred: ${why}`,
    };
    expect((await second.request(SECRETS)).json()).toMatchObject(failure);
    expect((await second.request(`${SECRETS}/a`)).json()).toMatchObject(failure);
    expect((await second.request(`${SECRETS}?watch=true`)).json()).toMatchObject(failure);
    expect((await second.request(`${SECRETS}/a`, { method: "DELETE" })).json()).toMatchObject(failure);
    // What can be read is read, and new objects are written.
    await create(second, SECRETS, secret("b"));
    expect(objectOf(await second.request(`${SECRETS}/b`)).data).toEqual({ code: PLAIN });
    expect((await second.request(MAPS)).status).toBe(200);
    expect((await second.request("/readyz?verbose")).text()).toContain("[-]informer-sync failed");
    expect((await second.request("/livez")).status).toBe(200);
    expect(JSON.stringify(second.logs)).toContain(JSON.stringify(why).slice(1, -1));
    // The key is found again: the file is read, and everything heals without a restart.
    await writeEncryption(file, secrets(aescbc(key("other", 2), key("lost", 1))));
    await expect.poll(async () => (await second.request(SECRETS)).status, { timeout: 20_000 }).toBe(200);
    expect(namesOf(await second.request(SECRETS))).toEqual(["a", "b"]);
    await expect.poll(async () => (await second.request("/readyz")).status).toBe(200);
  });

  it("removes an object that no key opens unread, for whoever may, and reads the others again at once", async () => {
    const first = await start(secrets(aescbc(key("lost", 1))));
    await create(first, SECRETS, { ...secret("a"), metadata: { name: "a", finalizers: ["example.com/hold"] } });
    const second = await start(secrets(aescbc(key("other", 2)), identity));
    await create(second, SECRETS, secret("b"));
    expect((await second.request(SECRETS)).status).toBe(500);
    const remove = (name: string, query = "") =>
      second.request(`${SECRETS}/${name}?ignoreStoreReadErrorWithClusterBreakingPotential=true${query}`, {
        method: "DELETE",
      });
    const roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";
    const rules = [{ apiGroups: [""], resources: ["secrets"], verbs: ["delete"] }];
    await create(second, `${roles}/roles`, { metadata: { name: "deleter" }, rules });
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "deleter" };
    const subjects = [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "bob" }];
    await create(second, `${roles}/rolebindings`, { metadata: { name: "deleter" }, roleRef, subjects });
    const asBob = { method: "DELETE", headers: { "impersonate-user": "bob" } } as const;
    const unsafe = "ignoreStoreReadErrorWithClusterBreakingPotential=true";
    expect((await second.request(`${SECRETS}/a?${unsafe}`, asBob)).json()).toMatchObject({
      code: 403,
      message: expect.stringMatching(
        /^secrets "a" is forbidden: not permitted to do "unsafe-delete-ignore-read-errors", reason: /,
      ),
    });
    expect((await remove("a", "&gracePeriodSeconds=0")).json()).toMatchObject({
      code: 422,
      message: expect.stringContaining("cannot be set together with .gracePeriodSeconds"),
    });
    expect((await remove("b")).json()).toMatchObject({
      code: 409,
      message: expect.stringContaining("unsafe deletion is not allowed because the object is decodable from storage"),
    });
    expect((await remove("missing")).status).toBe(404);
    expect((await remove("a", "&dryRun=All")).status).toBe(200);
    expect((await second.request(SECRETS)).status).toBe(500);
    expect((await remove("a")).json()).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name: "a", kind: "Secret" },
      code: 200,
    });
    expect(namesOf(await second.request(SECRETS))).toEqual(["b"]);
    expect((await second.request(`${SECRETS}/a`)).status).toBe(404);
  });

  it("does not take an encrypted value for an object when encryption is left out of the config", async () => {
    const first = await start(secrets(aescbc(key("k", 1))));
    await create(first, SECRETS, secret("a"));
    await first.stop();
    server = await startTestServer({ config: { storage: level() } });
    expect((await server.request(SECRETS)).json()).toMatchObject({
      code: 500,
      message:
        'Internal error occurred: unable to transform key "/registry/secrets/default/a": identity transformer tried to read encrypted data',
    });
  });

  it("takes a changed file while it runs, and keeps what it has when the file is bad", async () => {
    const running = await start(secrets(aescbc(key("old", 1))));
    await create(running, SECRETS, secret("a"));
    const watch = await WatchReader.open(running, `${SECRETS}?watch=true`);
    expect((await watch.next()).object.metadata?.name).toBe("a");
    await writeFile(
      file,
      "resources: [{ resources: [secrets], providers: [{ aescbc: { keys: [{ name: x, secret: dG9vLXNob3J0 }] } }] }]",
    );
    const lines = (text: string) => running.logs.filter(({ message }) => message.includes(text));
    const kept = "the changed encryption configuration is not taken, the one that runs stays";
    await expect.poll(() => lines(kept).length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect((await running.request("/readyz")).status).toBe(200);
    await create(running, SECRETS, secret("b"));
    await writeEncryption(file, secrets(aescbc(key("new", 2), key("old", 1))));
    await expect
      .poll(() => lines("the changed encryption configuration is in place").length, { timeout: 20_000 })
      .toBe(1);
    await create(running, SECRETS, secret("c"));
    expect([(await watch.next()).object.metadata?.name, (await watch.next()).object.metadata?.name]).toEqual([
      "b",
      "c",
    ]);
    watch.close();
    expect((await stored("/registry/secrets/default/b")).startsWith("k8s:enc:aescbc:v1:old:")).toBe(true);
    expect((await stored("/registry/secrets/default/c")).startsWith("k8s:enc:aescbc:v1:new:")).toBe(true);
  });

  it("does not take a key service that is not there in place of what works", async () => {
    const running = await start(secrets(aescbc(key("k", 1))));
    const kms = { kms: { apiVersion: "v2", name: "gone", endpoint: `unix://${folder}/gone.sock`, timeout: "100ms" } };
    await writeEncryption(file, secrets(kms, aescbc(key("k", 1))));
    const kept = () => running.logs.find(({ message }) => message.includes("encryption configuration is not taken"));
    await expect.poll(kept, { timeout: 20_000 }).toBeDefined();
    expect(JSON.stringify(kept())).toContain(
      "failed to perform status section of the healthz check for KMS Provider gone",
    );
    await create(running, SECRETS, secret("a"));
    expect((await running.request("/readyz")).status).toBe(200);
    expect((await stored("/registry/secrets/default/a")).startsWith("k8s:enc:aescbc:v1:k:")).toBe(true);
  });

  it("takes what a changed config says in its place", async () => {
    const storage = (...rules: readonly Rule[]) => ({ use: level(), encryption: encryptionConfiguration(...rules) });
    server = await startTestServer({ config: { storage: storage(secrets(aesgcm(key("old", 1)))) } });
    await server.reload({ storage: storage(secrets(aesgcm(key("new", 2), key("old", 1)))) });
    await create(server, SECRETS, secret("a"));
    await expect(server.reload({ storage: storage(secrets(aesgcm({ name: "k", secret: "AAAA" }))) })).rejects.toThrow(
      "keys[0].secret: secret is not of the expected length, got 3, expected one of [16 24 32]",
    );
    await create(server, SECRETS, secret("b"));
    for (const name of ["a", "b"]) {
      expect((await stored(`/registry/secrets/default/${name}`)).startsWith("k8s:enc:aesgcm:v1:new:")).toBe(true);
    }
  });

  it("reads what upstream wrote", async () => {
    await rawly(async (storage) => {
      const object = {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "u", namespace: "default", uid: "1" },
        data: { code: PLAIN },
      };
      const value = sealedByAesCbc("key1", 9, JSON.stringify(object));
      await storage.commit([{ type: "put", key: "/registry/secrets/default/u", value }]);
    });
    const running = await start(secrets(aescbc(key("key1", 9))));
    expect(objectOf(await running.request(`${SECRETS}/u`)).data).toEqual({ code: PLAIN });
  });

  it("encrypts each part of a transaction in its own way", async () => {
    await writeEncryption(file, secrets(aesgcm(key("s", 1))), {
      resources: ["configmaps"],
      providers: [secretbox(key("m", 2))],
    });
    const running = await restart({ server: { transactions: true } });
    const object = (kind: string, name: string) => ({
      verb: "create",
      object: { apiVersion: "v1", kind, metadata: { name, namespace: "default" } },
    });
    const operations = [object("Secret", "a"), object("ConfigMap", "b")];
    const body = { kind: "Transaction", apiVersion: "quarterdeck/v1", operations };
    const answer = await running.request("/quarterdeck/v1/transactions", { method: "POST", body });
    expect(answer.status).toBe(200);
    expect((await stored("/registry/secrets/default/a")).startsWith("k8s:enc:aesgcm:v1:s:")).toBe(true);
    expect((await stored("/registry/configmaps/default/b")).startsWith("k8s:enc:secretbox:v1:m:")).toBe(true);
  });

  it("takes a provider of a plugin of one's own", async () => {
    class Reversed implements EncryptionProvider {
      readonly prefix = "k8s:enc:reversed:v1:";
      encrypt(value: Buffer): Buffer {
        return Buffer.from(value).reverse();
      }
      decrypt(value: Buffer) {
        return { value: Buffer.from(value).reverse(), stale: false };
      }
    }
    const catalogue = await import("quarterdeck").then(({ DEFAULT_CATALOGUE }) => DEFAULT_CATALOGUE);
    const reversed = async () => ({
      default: definePlugin({ kind: "encryption", name: "reversed", plugin: Reversed }),
    });
    const storage = { use: level(), encryption: encryptionConfiguration(secrets({ reversed: {} })) };
    const encryption = { ...catalogue.encryption, reversed };
    server = await startTestServer({ config: { storage }, catalogue: { ...catalogue, encryption } });
    await create(server, SECRETS, secret("a"));
    expect(await stored("/registry/secrets/default/a")).toMatch(/^k8s:enc:reversed:v1:\}/);
  });

  it("counts what is encrypted and decrypted", async () => {
    const first = await start(secrets(aescbc(key("k", 1))));
    await create(first, SECRETS, secret("a"));
    const metrics = (await first.request("/metrics")).text();
    expect(metrics).toContain(
      'apiserver_storage_transformation_operations_total{resource="secrets",transformation_type="to_storage",transformer_prefix="k8s:enc:aescbc:v1:",status="OK"} 1',
    );
  });
});
