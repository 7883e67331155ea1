import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "@quarterdeck/testing";
import { type Etcd, etcdMissing, startEtcd } from "@quarterdeck/testing/etcd";
import { Etcd3 } from "etcd3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encryptionConfiguration, type Rule } from "../integration/support/encryption.js";
import { OurTransformers } from "./our-transformers.js";
import { buildUpstream, UpstreamKeyService, UpstreamTransformers } from "./upstream.js";

const missing = await buildUpstream();
const KEY = "/registry/secrets/default/a";
const OTHER = "/registry/secrets/default/b";
const PLAIN = Buffer.from('{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"data":{"k":"dg=="}}');

const key = (name: string, bytes: number, fill: number) => {
  return { name, secret: Buffer.alloc(bytes, fill).toString("base64") };
};
const rule = (...providers: readonly object[]): Rule => ({ resources: ["secrets"], providers });

describe.skipIf(missing !== undefined)(
  `upstream's own code${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    let folder: string;
    let upstream: UpstreamTransformers;
    let keyService: UpstreamKeyService;
    let files = 0;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "quarterdeck-upstream-"));
      await writeFile(join(folder, "state"), "key-1 ok");
      keyService = new UpstreamKeyService(join(folder, "kms.sock"), join(folder, "state"));
      upstream = new UpstreamTransformers();
    });
    afterAll(async () => {
      await upstream?.stop();
      await keyService?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    async function file(...rules: readonly Rule[]): Promise<string> {
      const path = join(folder, `config-${files++}.yaml`);
      await writeFile(path, JSON.stringify(encryptionConfiguration(...rules)));
      return path;
    }

    const kms = () => ({ kms: { apiVersion: "v2", name: "kms-a", endpoint: `unix://${join(folder, "kms.sock")}` } });
    const providers: readonly (readonly [string, () => object, boolean])[] = [
      ...[16, 24, 32].map(
        (bytes) => [`aescbc with ${bytes} bytes`, () => ({ aescbc: { keys: [key("k", bytes, 1)] } }), false] as const,
      ),
      ...[16, 24, 32].map(
        (bytes) => [`aesgcm with ${bytes} bytes`, () => ({ aesgcm: { keys: [key("k", bytes, 2)] } }), true] as const,
      ),
      ["secretbox", () => ({ secretbox: { keys: [key("k", 32, 3)] } }), false],
      ["kms", kms, true],
      ["identity", () => ({ identity: {} }), false],
    ];

    it.each(providers)("reads what we write, and writes what we read: %s", async (_name, provider, binds) => {
      const config = await file(rule(provider()));
      const ours = await OurTransformers.load(config);
      const transformer = ours.of("secrets");
      for (const value of [PLAIN, Buffer.alloc(0), Buffer.alloc(16, "x"), Buffer.alloc(100_000, "quarterdeck")]) {
        const written = await transformer.encrypt(value, KEY);
        const read = await upstream.ask({
          operation: "decrypt",
          config,
          resource: "secrets",
          key: KEY,
          value: written,
        });
        expect([read.error, read.stale, read.value.equals(value)]).toEqual([undefined, false, true]);
        const theirs = await upstream.ask({ operation: "encrypt", config, resource: "secrets", key: KEY, value });
        expect(theirs.error).toBeUndefined();
        const found = await transformer.decrypt(theirs.value, KEY);
        expect([found.value.equals(value), found.stale]).toEqual([true, false]);
        if (!binds) continue;
        const moved = await upstream.ask({
          operation: "decrypt",
          config,
          resource: "secrets",
          key: OTHER,
          value: written,
        });
        expect(moved.error).toBe("cipher: message authentication failed");
        await expect((async () => transformer.decrypt(theirs.value, OTHER))()).rejects.toThrow(moved.error);
      }
      await ours.stop();
    });

    it("finds stale what we find stale, and fails in the same words", async () => {
      const all = {
        old: { aescbc: { keys: [key("old", 32, 1)] } },
        rotated: { aescbc: { keys: [key("new", 32, 2), key("old", 32, 1)] } },
        renamed: { aescbc: { keys: [key("old", 32, 9)] } },
        box: { secretbox: { keys: [key("old", 32, 1)] } },
        identity: { identity: {} },
      };
      const configs = [
        await file(rule(all.old)),
        await file(rule(all.rotated, all.identity)),
        await file(rule(all.box, all.old)),
        await file(rule(all.identity, all.old)),
        await file(rule(all.identity)),
        await file(rule(all.renamed)),
        await file(rule(all.renamed, all.old)),
        await file({ resources: ["configmaps"], providers: [all.old] }),
      ];
      const values: Buffer[] = [Buffer.from("k8s:enc:unknown:v1:x")];
      for (const config of configs) {
        const { value } = await upstream.ask({
          operation: "encrypt",
          config,
          resource: "secrets",
          key: KEY,
          value: PLAIN,
        });
        values.push(value);
      }
      for (const config of configs) {
        const ours = await OurTransformers.load(config);
        for (const value of values) {
          const theirs = await upstream.ask({ operation: "decrypt", config, resource: "secrets", key: KEY, value });
          const mine = await (async () => ours.of("secrets").decrypt(value, KEY))().then(
            ({ value: found, stale }) => ({ stale, error: undefined, plain: found.toString() }),
            (error: Error) => ({ stale: false, error: error.message, plain: "" }),
          );
          expect(mine).toEqual({ stale: theirs.stale, error: theirs.error, plain: theirs.value.toString() });
        }
        await ours.stop();
      }
    });

    const good = { aescbc: { keys: [key("k", 32, 1)] } };
    const unix = { apiVersion: "v2", name: "one", endpoint: "unix:///tmp/nobody.sock", timeout: "10ms" };
    const configurations: readonly (readonly [string, boolean, object])[] = [
      ["a resource of a group", true, encryptionConfiguration({ resources: ["deployments.apps"], providers: [good] })],
      ["two rules for one resource", true, encryptionConfiguration(rule(good), rule({ identity: {} }))],
      [
        "a wildcard behind a rule",
        true,
        encryptionConfiguration(rule(good), { resources: ["*.*"], providers: [good] }),
      ],
      ["no rule", false, encryptionConfiguration()],
      ["another kind", false, { ...encryptionConfiguration(rule(good)), kind: "Secret" }],
      ["another version", false, { ...encryptionConfiguration(rule(good)), apiVersion: "v1" }],
      ["an unknown key", false, { ...encryptionConfiguration(rule(good)), more: 1 }],
      ["no resource", false, encryptionConfiguration({ resources: [], providers: [good] })],
      ["no provider", false, encryptionConfiguration({ resources: ["secrets"], providers: [] })],
      ["an empty provider", false, encryptionConfiguration(rule({}))],
      ["two providers in one", false, encryptionConfiguration(rule({ ...good, identity: {} }))],
      ["an unknown provider", false, encryptionConfiguration(rule({ rot13: {} }))],
      ["no key", false, encryptionConfiguration(rule({ aescbc: { keys: [] } }))],
      [
        "a key without a name",
        false,
        encryptionConfiguration(rule({ aescbc: { keys: [{ secret: good.aescbc.keys[0]?.secret }] } })),
      ],
      ["a key without a secret", false, encryptionConfiguration(rule({ aescbc: { keys: [{ name: "k" }] } }))],
      [
        "a secret that is no base64",
        false,
        encryptionConfiguration(rule({ aescbc: { keys: [{ name: "k", secret: "-" }] } })),
      ],
      ["a short key", false, encryptionConfiguration(rule({ aesgcm: { keys: [key("k", 15, 1)] } }))],
      ["a short key for secretbox", false, encryptionConfiguration(rule({ secretbox: { keys: [key("k", 16, 1)] } }))],
      ["a capital letter", false, encryptionConfiguration({ resources: ["Secrets"], providers: [good] })],
      ["a star", false, encryptionConfiguration({ resources: ["*"], providers: [good] })],
      ["a resource of all groups", false, encryptionConfiguration({ resources: ["secrets.*"], providers: [good] })],
      [
        "the events of events.k8s.io",
        false,
        encryptionConfiguration({ resources: ["events.events.k8s.io"], providers: [good] }),
      ],
      [
        "the group extensions",
        false,
        encryptionConfiguration({ resources: ["ingresses.extensions"], providers: [good] }),
      ],
      ["what has no API", false, encryptionConfiguration({ resources: ["apiserveripinfo"], providers: [good] })],
      ["one resource twice", false, encryptionConfiguration({ resources: ["secrets", "secrets"], providers: [good] })],
      ["an overlap", false, encryptionConfiguration({ resources: ["secrets", "*."], providers: [good] })],
      ["an overlap with everything", false, encryptionConfiguration({ resources: ["*.*", "a.b"], providers: [good] })],
      ["a masked resource", false, encryptionConfiguration({ resources: ["*."], providers: [good] }, rule(good))],
      [
        "a masked group",
        false,
        encryptionConfiguration(
          { resources: ["*.*"], providers: [good] },
          { resources: ["*.apps"], providers: [good] },
        ),
      ],
      [
        "two key services of one name",
        false,
        encryptionConfiguration(rule({ kms: unix }), { resources: ["configmaps"], providers: [{ kms: unix }] }),
      ],
      ["a colon in a name", false, encryptionConfiguration(rule({ kms: { ...unix, name: "a:b" } }))],
      ["no endpoint", false, encryptionConfiguration(rule({ kms: { ...unix, endpoint: "" } }))],
      ["an endpoint elsewhere", false, encryptionConfiguration(rule({ kms: { ...unix, endpoint: "https://host" } }))],
      ["a cache size with v2", false, encryptionConfiguration(rule({ kms: { ...unix, cachesize: 10 } }))],
      ["no time at all", false, encryptionConfiguration(rule({ kms: { ...unix, timeout: "0s" } }))],
      ["KMS v1", false, encryptionConfiguration(rule({ kms: { ...unix, apiVersion: "v1" } }))],
    ];

    it.each(configurations)("takes, or refuses, as we do: %s", async (_name, taken, content) => {
      const config = join(folder, `config-${files++}.yaml`);
      await writeFile(config, JSON.stringify(content));
      const { error } = await upstream.ask({
        operation: "load",
        config,
        resource: "",
        key: "",
        value: Buffer.alloc(0),
      });
      const mine = await OurTransformers.load(config).then(
        async (loaded) => loaded.stop().then(() => undefined),
        (failure: Error) => failure.message,
      );
      expect([error === undefined, mine === undefined]).toEqual([taken, taken]);
    });

    describe.skipIf(etcdMissing !== undefined)(
      `with etcd${etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`}`,
      () => {
        let etcd: Etcd;
        beforeAll(async () => {
          etcd = await startEtcd();
        });
        afterAll(() => etcd?.stop());

        it("reads in etcd what a server wrote there, and a server reads what it puts there", async () => {
          const [endpoint = ""] = etcd.endpoints;
          const encryption = await file(rule(kms(), { identity: {} }));
          const server = await startTestServer({
            config: { storage: { use: ["etcd3", { endpoints: [endpoint] }], encryption } },
          });
          const client = new Etcd3({ hosts: [endpoint] });
          const secrets = "/api/v1/namespaces/default/secrets";
          await server.request(secrets, { method: "POST", body: { metadata: { name: "a" }, data: { k: "dg==" } } });
          const value = await client.get(KEY).buffer();
          expect(value?.toString("latin1").startsWith("k8s:enc:kms:v2:kms-a:")).toBe(true);
          const ask = { config: encryption, resource: "secrets" } as const;
          const read = await upstream.ask({ ...ask, operation: "decrypt", key: KEY, value: value ?? Buffer.alloc(0) });
          expect(JSON.parse(read.value.toString())).toMatchObject({ kind: "Secret", data: { k: "dg==" } });
          const object = { ...JSON.parse(read.value.toString()), data: { k: "dGhlaXJz" } };
          object.metadata.name = "b";
          const theirs = await upstream.ask({
            ...ask,
            operation: "encrypt",
            key: OTHER,
            value: Buffer.from(JSON.stringify(object)),
          });
          await client.put(OTHER).value(theirs.value);
          await expect
            .poll(async () => (await server.request(`${secrets}/b`)).json(), { timeout: 10_000 })
            .toMatchObject({
              metadata: { name: "b" },
              data: { k: "dGhlaXJz" },
            });
          client.close();
          await server.stop();
        });
      },
    );

    it("is a key service for a server: one that comes late, changes its key, and goes away", async () => {
      const socket = join(folder, "late.sock");
      const state = join(folder, "late-state");
      await writeFile(state, "key-1 ok");
      const provider = { kms: { apiVersion: "v2", name: "late", endpoint: `unix://${socket}`, timeout: "500ms" } };
      const encryption = encryptionConfiguration(rule(provider));
      const storage = { use: ["level", { path: join(folder, "store") }], encryption } as const;
      const server = await startTestServer({ config: { storage } });
      const secrets = "/api/v1/namespaces/default/secrets";
      const create = async (name: string) =>
        (await server.request(secrets, { method: "POST", body: { metadata: { name } } })).json();
      expect(await create("early")).toMatchObject({
        code: 500,
        reason: "InternalError",
        message: "Internal error occurred: got unexpected nil transformer",
      });
      expect((await server.request("/readyz/kms-providers")).text()).toContain("failed to perform status section");
      const late = new UpstreamKeyService(socket, state);
      await expect.poll(async () => (await server.request("/readyz")).status, { timeout: 20_000 }).toBe(200);
      expect(await create("a")).toMatchObject({ metadata: { name: "a" } });
      await writeFile(state, "key-2 sick");
      await late.stop();
      expect(await create("b")).toMatchObject({ metadata: { name: "b" } });
      expect((await server.request(`${secrets}/a`)).status).toBe(200);
      expect(JSON.stringify(server.logs)).not.toContain("AES");
      await server.stop();
      // A new process knows no seed: what is stored is read once the key service is back, without another start.
      const again = await startTestServer({ config: { storage } });
      expect((await again.request(secrets)).json()).toMatchObject({
        code: 500,
        message: expect.stringMatching(
          /unable to transform key "\/registry\/secrets\/default\/a": failed to decrypt DEK, error: rpc error: code = /,
        ),
      });
      await writeFile(state, "key-2 ok");
      await rm(socket, { force: true });
      const back = new UpstreamKeyService(socket, state);
      await expect.poll(async () => (await again.request(secrets)).status, { timeout: 20_000 }).toBe(200);
      await expect.poll(async () => (await again.request("/readyz")).status, { timeout: 20_000 }).toBe(200);
      // The key has changed, so that an update without a change writes.
      const before = (await again.request(`${secrets}/a`)).json<{ metadata: { resourceVersion: string } }>();
      const after = (await again.request(`${secrets}/a`, { method: "PUT", body: before })).json<typeof before>();
      expect(after.metadata.resourceVersion).not.toBe(before.metadata.resourceVersion);
      await again.stop();
      await back.stop();
    });
  },
);
