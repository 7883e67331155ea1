import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "@quarterdeck/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { quarterdeck } from "../docs/quarterdeck.js";
import { create, namesOf, objectOf } from "./support/api-objects.js";
import { bytesBelow, encryptionConfiguration, key, type Rule } from "./support/encryption.js";

const SECRETS = "/api/v1/namespaces/default/secrets";
const PLAIN = Buffer.from("the launch code is 0000").toString("base64");
const rule = (fill: number): Rule => ({ resources: ["secrets"], providers: [{ aesgcm: { keys: [key("k", fill)] } }] });

describe("what is encrypted at rest", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-moves-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const storage = (name: string, fill: number) => {
    return { use: ["level", { path: join(folder, name) }] as const, encryption: encryptionConfiguration(rule(fill)) };
  };

  async function config(name: string, fill: number): Promise<string> {
    const file = join(folder, `${name}.json`);
    await writeFile(
      file,
      JSON.stringify({ storage: storage(name, fill), server: { data: join(folder, "data"), port: 0 } }),
    );
    return file;
  }

  async function fill(): Promise<void> {
    const server = await startTestServer({ config: { storage: storage("source", 1) } });
    await create(server, SECRETS, { metadata: { name: "a" }, data: { code: PLAIN } });
    await server.stop();
  }

  it("stays encrypted in a backup and by a move, and is read again with the keys alone", async () => {
    await fill();
    const source = await config("source", 1);
    const file = join(folder, "all.backup");
    const backup = await quarterdeck(["backup", file, "--config", source], folder);
    expect(backup).toMatchObject({ code: 0 });
    expect((await readFile(file)).includes(PLAIN)).toBe(false);
    expect((await readFile(file)).includes("k8s:enc:aesgcm:v1:k:")).toBe(true);
    const restored = await quarterdeck(["restore", file, "--config", await config("restored", 1)], folder);
    expect(restored).toMatchObject({ code: 0 });
    const moved = await quarterdeck(["migrate", "--to", await config("moved", 1), "--config", source], folder);
    expect(moved).toMatchObject({ code: 0 });
    for (const name of ["restored", "moved"]) {
      expect((await bytesBelow(join(folder, name))).includes(PLAIN)).toBe(false);
      const server = await startTestServer({ config: { storage: storage(name, 1) } });
      expect(namesOf(await server.request(SECRETS))).toEqual(["a"]);
      expect(objectOf(await server.request(`${SECRETS}/a`)).data).toEqual({ code: PLAIN });
      const live = await server.request("/quarterdeck/v1/backup");
      expect(live.text()).not.toContain(PLAIN);
      await server.stop();
      const keyless = await startTestServer({ config: { storage: storage(name, 2) } });
      expect((await keyless.request(SECRETS)).json()).toMatchObject({
        code: 500,
        message:
          'Internal error occurred: unable to transform key "/registry/secrets/default/a": cipher: message authentication failed',
      });
      await keyless.stop();
    }
  });

  it("has its keys in no output: config print, describe, errors, logs, metrics", async () => {
    const { secret } = key("k", 1);
    const file = await config("source", 1);
    const outputs: string[] = [];
    for (const words of [["config", "print"], ["describe"]]) {
      const { stdout, stderr, code } = await quarterdeck([...words, "--config", file], folder);
      expect([words[0], code]).toEqual([words[0], 0]);
      outputs.push(stdout, stderr);
    }
    expect(outputs[0]).toContain("storage.encryption = an EncryptionConfiguration, which may hold keys");
    expect(outputs.join("\n")).toMatch(/^aesgcm +encryption /m);
    const broken = [
      { resources: ["secrets"], providers: [{ aesgcm: { keys: [{ name: "k", secret: `${secret}x` }] } }] },
      { resources: ["secrets"], providers: [{ aesgcm: { keys: [{ name: secret.length, secret }] } }] },
      { resources: ["secrets"], providers: [{ aesgcm: { keys: [{ name: "k", secret: [secret] }] } }] },
      { resources: ["secrets"], providers: [{ aesgcm: { keys: [{ name: "k", sekret: secret }] } }] },
      { resources: ["secrets"], providers: [{ aesgcm: { keys: secret } }] },
      { resources: ["secrets"], providers: [{ aesgcm: secret }] },
      { resources: ["secrets"], providers: secret },
      { resources: secret, providers: [] },
    ];
    for (const one of broken) {
      const content = { storage: { encryption: { ...encryptionConfiguration(), resources: [one] } } };
      await writeFile(file, JSON.stringify({ ...content, server: { data: join(folder, "data"), port: 0 } }));
      const { stdout, stderr, code } = await quarterdeck(["serve", "--config", file], folder);
      expect([JSON.stringify(one), code]).toEqual([JSON.stringify(one), 2]);
      expect(stderr).toContain("storage.encryption.resources[0].");
      outputs.push(stdout, stderr);
    }
    const yaml = join(folder, "broken.yaml");
    await writeFile(yaml, `resources:\n  - providers: [{ aesgcm: { keys: [{ name: k, secret: ${secret} }\n`);
    await writeFile(file, JSON.stringify({ storage: { encryption: yaml } }));
    outputs.push((await quarterdeck(["describe", "--config", file], folder)).stderr);
    expect(outputs.at(-1)).toContain("the encryption configuration is no YAML");
    const server = await startTestServer({ config: { storage: storage("source", 1) } });
    await create(server, SECRETS, { metadata: { name: "a" }, data: { code: PLAIN } });
    outputs.push(JSON.stringify(server.logs), (await server.request("/metrics")).text());
    await server.stop();
    expect(outputs.filter((output) => output.includes(secret) || output.includes(secret.slice(0, 12)))).toEqual([]);
  });
});
