import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "../config/config-error.js";
import { readKubeconfig } from "./read-kubeconfig.js";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a kubeconfig", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-kubeconfig-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function read(content: string | object) {
    const file = join(folder, "config");
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return readKubeconfig(file);
  }

  const config = (cluster: object, user: object, context: object = {}) => ({
    "current-context": "c",
    contexts: [
      { name: "other", context: { cluster: "nope", user: "nope" } },
      { name: "c", context: { cluster: "k", user: "u", ...context } },
    ],
    clusters: [{ name: "k", cluster: { server: "https://127.0.0.1:6443", ...cluster } }],
    users: [{ name: "u", user }],
  });

  it("is read with what stands in it", async () => {
    const cluster = { "certificate-authority-data": base64("CA"), "tls-server-name": "k8s" };
    const user = { "client-certificate-data": base64("CERT"), "client-key-data": base64("KEY") };
    expect(await read(config(cluster, user, { namespace: "demo" }))).toEqual({
      server: "https://127.0.0.1:6443",
      ca: "CA",
      certificate: "CERT",
      key: "KEY",
      token: undefined,
      serverName: "k8s",
      insecure: false,
      namespace: "demo",
    });
  });

  it("is read with the files that it names, from its own folder", async () => {
    for (const name of ["ca", "cert", "key", "token"]) await writeFile(join(folder, name), `${name}\n`);
    const user = { "client-certificate": "cert", "client-key": join(folder, "key"), tokenFile: "token" };
    expect(await read(config({ "certificate-authority": "ca", "insecure-skip-tls-verify": true }, user))).toMatchObject(
      { ca: "ca\n", certificate: "cert\n", key: "key\n", token: "token", insecure: true, namespace: "" },
    );
  });

  it.each([
    ["a: [", "the kubeconfig cannot be used: "],
    ["- 1", "the kubeconfig cannot be used: it is no mapping"],
    [{}, "the kubeconfig cannot be used: it has no context of this name"],
    [config({ server: "http://x" }, {}), "the kubeconfig cannot be used: the server must be an https URL"],
    [config({}, { "client-key": "nope" }), "the kubeconfig cannot be used: ENOENT"],
    [{ ...config({}, {}), users: [] }, "the kubeconfig cannot be used: it has no user of this name"],
  ])("%j is a mistake that is told", async (content, message) => {
    const error: unknown = await read(content).catch((thrown: unknown) => thrown);
    expect(ConfigError.is(error) ? error.message : error).toContain(message);
    expect(ConfigError.is(error) ? error.file : "").toBe(join(folder, "config"));
  });
});
