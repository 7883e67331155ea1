import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfiguration } from "./read-configuration.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "oidc-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = join(folder, "authentication.yaml");
  await writeFile(file, text);
  return readConfiguration(file);
}

const HEAD = "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n";
const GOOD = `${HEAD}jwt:
- issuer:
    url: https://issuer.example
    audiences: [quarterdeck]
  claimMappings:
    username: { claim: sub, prefix: "" }
`;

describe("readConfiguration", () => {
  it("reads upstream's file", async () => {
    expect(await read(GOOD)).toMatchObject([{ issuer: { url: "https://issuer.example" } }]);
    expect(await read(HEAD)).toEqual([]);
  });

  it.each([
    ["a: b", "must be an AuthenticationConfiguration of apiserver.config.k8s.io/v1"],
    [GOOD.replace("/v1", "/v2"), "must be an AuthenticationConfiguration"],
    ["a: [", "authentication.yaml: "],
    [`${GOOD}anonymous: { enabled: true }`, "anonymous: is the matter of the plugin anonymous"],
    [`${GOOD}more: 1`, "more: unknown field"],
    [GOOD.replace("url:", "uri:"), "jwt[0].issuer.url: Required value; jwt[0].issuer.uri: unknown field"],
    [GOOD.replace("[quarterdeck]", "quarterdeck"), "jwt[0].issuer.audiences: must be a list"],
    [GOOD.replace("[quarterdeck]", "[1]"), "jwt[0].issuer.audiences[0]: must be a string"],
    [GOOD.replace('{ claim: sub, prefix: "" }', "sub"), "jwt[0].claimMappings.username: must be an object"],
    [`${HEAD}jwt: {}`, "jwt: must be a list"],
  ])("refuses %j", async (text, problem) => {
    await expect(read(text)).rejects.toMatchObject({
      name: "ConfigurationError",
      message: expect.stringContaining(problem),
    });
  });
});
