import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KubeconfigError } from "./kubeconfig-error.js";
import { readKubeconfig } from "./read-kubeconfig.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubeconfig-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(cluster: object, user: object = {}, over: object = {}) {
  const file = join(folder, "config");
  const content = {
    clusters: [{ name: "c", cluster }],
    users: [{ name: "u", user }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
    ...over,
  };
  await writeFile(file, JSON.stringify(content));
  return readKubeconfig(file);
}

describe("readKubeconfig", () => {
  it("takes data before files, and files from the folder of the kubeconfig", async () => {
    await writeFile(join(folder, "ca.pem"), "from the file");
    const data = Buffer.from("from the data").toString("base64");
    const cluster = { server: "https://h/x", "certificate-authority": "ca.pem", "tls-server-name": "name" };
    const byFile = await read(cluster);
    expect(byFile.tls).toMatchObject({
      ca: Buffer.from("from the file"),
      servername: "name",
      rejectUnauthorized: true,
    });
    expect(byFile.files).toEqual([join(folder, "ca.pem")]);
    const byData = await read({ ...cluster, "certificate-authority-data": data, "insecure-skip-tls-verify": true });
    expect(byData.tls).toMatchObject({ ca: Buffer.from("from the data"), rejectUnauthorized: false });
  });

  it.each([
    [{ token: "t" }, "Bearer t"],
    [{ tokenFile: "token" }, "Bearer from-file"],
    [{ username: "a", password: "b" }, "Basic YTpi"],
    [{}, undefined],
  ])("is let in by %j", async (user, authorization) => {
    await writeFile(join(folder, "token"), "from-file\n");
    expect((await read({ server: "https://h" }, user)).authorization).toBe(authorization);
  });

  it.each([
    [{}, {}, {}, 'clusters["c"].cluster.server is missing'],
    [{ server: "http://h" }, {}, {}, 'clusters["c"].cluster.server must begin with https://'],
    [{ server: "no" }, {}, {}, 'clusters["c"].cluster.server is no URL'],
    [{ server: "https://h", "proxy-url": "x" }, {}, {}, "proxy-url is not supported for webhooks"],
    [{ server: "https://h" }, { exec: { command: "x" } }, {}, 'users["u"].user.exec is not supported for webhooks'],
    [{ server: "https://h" }, { tokenFile: "gone" }, {}, 'users["u"].user.tokenFile ENOENT'],
    [{ server: "https://h" }, { "client-key-data": "eA==" }, {}, "client-certificate and client-key belong together"],
    [{ server: "https://h" }, {}, { "current-context": "y" }, 'contexts has no context "y"'],
    [{ server: "https://h" }, {}, { users: [] }, 'users has no user "u"'],
  ])("refuses cluster %j, user %j, %j", async (cluster, user, over, message) => {
    const error = await read(cluster, user, over).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KubeconfigError);
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
    expect(error).toMatchObject({ message: expect.stringContaining(join(folder, "config")) });
  });
});
