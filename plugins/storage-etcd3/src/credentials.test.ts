import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "@quarterdeck/sdk";
import { type Etcd, startEtcd, startProxy } from "@quarterdeck/testing/etcd";
import { WatchProbe } from "@quarterdeck/testing/storage-contract";
import { afterEach, expect, it } from "vitest";
import type { Etcd3Options } from "./etcd3-options.js";
import { describeWithEtcd, openOn, persist, putSurely, quiet } from "./etcd3-storage.fixture.js";

const PASSWORD = "s3cret-and-never-told";

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function etcdOf(...options: Parameters<typeof startEtcd>): Promise<Etcd> {
  const etcd = await startEtcd(...options);
  cleanups.push(() => etcd.stop());
  return etcd;
}

/** Writes, reads and watches through a storage with these options. */
async function expectWorks(etcd: Pick<Etcd, "endpoints">, more: Partial<Etcd3Options>): Promise<void> {
  const storage = await openOn(etcd, more);
  try {
    const watch = await WatchProbe.start(storage, "/", await storage.currentRevision());
    const revision = await putSurely(storage, "/a", "x");
    await watch.until(() => watch.revision >= revision);
    watch.close();
    expect((await storage.get("/a")).entry?.modRevision).toBe(revision);
  } finally {
    await storage.close();
  }
}

/** The one error of a start that cannot succeed. */
async function refusal(etcd: Pick<Etcd, "endpoints">, more: Partial<Etcd3Options> = {}): Promise<string> {
  const error: unknown = await openOn(etcd, { dialTimeoutSeconds: 0.5, requestTimeoutSeconds: 1, ...more }).then(
    async (storage) => {
      await storage.close();
      return new Error("it opened");
    },
    (reason: unknown) => reason,
  );
  const message = error instanceof Error ? error.message : String(error);
  expect(message).not.toContain(PASSWORD);
  return message;
}

describeWithEtcd("the credentials of etcd", () => {
  it("verifies the server's certificate, by address too, without a word of Node's", async () => {
    const etcd = await etcdOf({ tls: "server" });
    const { ca } = etcd.certificates ?? { ca: "" };
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.message);
    process.on("warning", note);
    await expectWorks(etcd, { ca });
    const named = etcd.endpoints.map((endpoint) => endpoint.replace("127.0.0.1", "localhost"));
    await expectWorks({ endpoints: named }, { ca });
    process.off("warning", note);
    expect(warnings).toEqual([]);
    const message = await refusal(etcd);
    expect(message).toContain(etcd.endpoints[0]);
    expect(message).toMatch(/certificate cannot be verified: look at the option ca/);
  });

  it("does not take a certificate for another name", async () => {
    const etcd = await etcdOf({ tls: "server" });
    const { ca } = etcd.certificates ?? { ca: "" };
    const elsewhere = await startProxy(etcd.endpoints[0] ?? "", "127.0.0.2");
    cleanups.push(() => elsewhere.stop());
    expect(await refusal({ endpoints: [elsewhere.endpoint] }, { ca })).toMatch(/the names in the certificate/);
  });

  it("shows a client certificate where etcd asks for one", async () => {
    const etcd = await etcdOf({ tls: "mutual" });
    const { ca, cert, key } = etcd.certificates ?? { ca: "", cert: "", key: "" };
    await expectWorks(etcd, { ca, cert, key });
    expect(await refusal(etcd, { ca })).toMatch(/refuses the client certificate or asks for one/);
  });

  it("authenticates a user, also after etcd has forgotten its tokens", async () => {
    const etcd = await etcdOf({ auth: { username: "quarterdeck", password: PASSWORD } });
    const folder = await mkdtemp(join(tmpdir(), "etcd-password-"));
    cleanups.push(() => rm(folder, { recursive: true }));
    const passwordFile = join(folder, "password");
    await writeFile(passwordFile, `${PASSWORD}\n`);
    await expectWorks(etcd, { username: "quarterdeck", password: PASSWORD });
    const lines: string[] = [];
    const log = (message: string, fields?: object): void => void lines.push(message + JSON.stringify(fields ?? {}));
    const logger: Logger = { debug: log, info: log, warn: log, error: log };
    const storage = await openOn(etcd, { username: "quarterdeck", passwordFile }, logger);
    cleanups.push(() => storage.close());
    const watch = await WatchProbe.start(storage, "/", 1);
    await etcd.restart();
    const revision = await putSurely(storage, "/b", "x");
    await watch.until(() => watch.revision >= revision);
    watch.close();
    expect(await persist(async () => (await storage.get("/b")).entry?.modRevision)).toBe(revision);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).not.toContain(PASSWORD);
  });

  it("says what is wrong with a user", async () => {
    const etcd = await etcdOf({ auth: { username: "quarterdeck", password: PASSWORD } });
    expect(await refusal(etcd)).toMatch(/asks for a user: give the options username and passwordFile/);
    expect(await refusal(etcd, { username: "quarterdeck", password: "wrong" })).toMatch(/refuses the user/);
    expect(await refusal(etcd, { username: "quarterdeck" })).toMatch(/neither a password nor a passwordFile/);
    const without = await etcdOf();
    expect(await refusal(without, { username: "quarterdeck", password: PASSWORD })).toMatch(/turned off: leave out/);
  });

  it("says what a user may not do", async () => {
    const etcd = await etcdOf({ auth: { username: "limited", password: PASSWORD, prefix: "/elsewhere/" } });
    const message = await refusal(etcd, { username: "limited", password: PASSWORD });
    expect(message).toMatch(/the user needs to read and write all keys of the storage/);
  });

  it("says what is wrong with an address", async () => {
    const etcd = await etcdOf();
    const proxy = await startProxy(etcd.endpoints[0] ?? "");
    await proxy.stop();
    const message = await refusal({ endpoints: [proxy.endpoint] });
    expect(message).toContain(proxy.endpoint);
    expect(message).toMatch(/nothing listens there/);
    const secure = etcd.endpoints.map((endpoint) => endpoint.replace("http:", "https:"));
    expect(await refusal({ endpoints: secure })).toMatch(/one side speaks TLS and the other does not/);
    expect(await refusal({ endpoints: [...secure, ...etcd.endpoints] })).toMatch(/all be http or all be https/);
    expect(await refusal(etcd, { cert: "client.crt" })).toMatch(/cert and key .* together or not at all/);
    expect(await refusal(etcd, { ca: "/nowhere/ca.crt" })).toMatch(/\/nowhere\/ca.crt \(option ca\) cannot be read/);
  });

  it("waits for an etcd that is still on its way", async () => {
    const etcd = await etcdOf();
    await etcd.kill();
    const opening = openOn(etcd, { dialTimeoutSeconds: 20 }, quiet);
    await etcd.restart();
    const storage = await opening;
    expect(await storage.currentRevision()).toBe(1);
    await storage.close();
  });
});
