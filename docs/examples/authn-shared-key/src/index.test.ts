import { fileURLToPath } from "node:url";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../apiserver.config.js";
import { SharedKey } from "./index.js";

const KEY = "0123456789abcdef";
const OPTIONS = { header: "x-shared-key", key: KEY, user: "robot", groups: ["machines"] };
const bearing = (key: string) => authenticationRequest({ headers: { "x-shared-key": key } });

describe("SharedKey, by hand", () => {
  const plugin = new SharedKey(OPTIONS);

  it("knows who has the key", () => {
    expect(plugin.authenticate(bearing(KEY))).toEqual({ user: { name: "robot", groups: ["machines"] } });
  });

  it.each(["", "0123456789abcde", `${KEY}0`, KEY.toUpperCase()])("has no opinion on %j", (key) => {
    expect(plugin.authenticate(bearing(key))).toBeUndefined();
  });

  it("looks at its own header only", () => {
    const request = authenticationRequest({ headers: { authorization: KEY } });
    expect(plugin.authenticate(request)).toBeUndefined();
  });
});

authenticatorContract({
  name: "shared-key",
  create: () => new SharedKey(OPTIONS),
  accepts: [{ user: "robot", request: () => bearing(KEY) }],
  refuses: [() => bearing("wrong"), () => bearing("")],
});

describe("in a server", () => {
  const directory = fileURLToPath(new URL("..", import.meta.url));
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ config, directory });
  });
  afterAll(() => server.stop());

  it("lets its user in, and others as nobody", async () => {
    const ask = (key: string) =>
      server.request("/api/v1/namespaces", { as: "anonymous", headers: { "x-shared-key": key } });
    expect((await ask(process.env.SHARED_KEY ?? "only-for-this-example")).status).toBe(200);
    const refused = await ask("only-for-that-example");
    expect(refused.status).toBe(403);
    expect(refused.text()).toContain("system:anonymous");
  });

  it("needs a key of some length", async () => {
    const authentication = [["./src/index.ts", { key: "short", user: "robot" }] as const];
    await expect(startTestServer({ config: { authentication }, directory })).rejects.toMatchObject({
      path: "authentication[0][1].key",
    });
  });
});
