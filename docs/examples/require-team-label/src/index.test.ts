import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AdmissionAttributes } from "@quarterdeck/sdk";
import { startTestServer, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { admissionAttributes, admissionContract } from "@quarterdeck/testing/admission-contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../apiserver.config.js";
import { RequireTeamLabel } from "./index.js";

const OPTIONS = { label: "team", resources: ["configmaps"] };

function labelled(labels: { [name: string]: string }, changes: Partial<AdmissionAttributes> = {}): AdmissionAttributes {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "sample", labels } };
  return admissionAttributes({ object, ...changes });
}

describe("RequireTeamLabel, by hand", () => {
  const plugin = new RequireTeamLabel(OPTIONS);

  it("wants the label, whatever its value", () => {
    expect(plugin.validate(labelled({ team: "" }))).toBeUndefined();
    expect(plugin.validate(labelled({ other: "a" }))).toMatchObject({ reason: "the label team is missing" });
  });

  it("leaves deletes and other resources alone", () => {
    expect(plugin.validate(admissionAttributes({ operation: "DELETE" }))).toBeUndefined();
    const resource = { group: "", version: "v1", resource: "secrets" };
    expect(plugin.validate(labelled({}, { resource }))).toBeUndefined();
  });

  it("takes no name of JavaScript for a label", () => {
    expect(new RequireTeamLabel({ ...OPTIONS, label: "constructor" }).validate(labelled({}))).toBeDefined();
  });
});

admissionContract({
  name: "require-team-label",
  create: () => new RequireTeamLabel(OPTIONS),
  admits: [
    () => labelled({ team: "a" }),
    () => labelled({ team: "a" }, { operation: "UPDATE" }),
    () => admissionAttributes({ operation: "DELETE" }),
  ],
  denies: [() => admissionAttributes(), () => labelled({}, { operation: "UPDATE" })],
});

describe("in a server", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ config, directory: fileURLToPath(new URL("..", import.meta.url)) });
  });
  afterAll(() => server.stop());

  function create(plural: string, labels: object): Promise<TestResponse> {
    const body = { metadata: { generateName: "a-", labels } };
    return server.request(`/api/v1/namespaces/default/${plural}`, { method: "POST", body });
  }

  it("refuses with its reason", async () => {
    expect((await create("configmaps", { team: "a" })).status).toBe(201);
    expect((await create("secrets", {})).status).toBe(201);
    expect((await create("configmaps", {})).json()).toMatchObject({
      code: 403,
      reason: "Forbidden",
      message: expect.stringMatching(/^configmaps "a-\S+" is forbidden: the label team is missing$/),
    });
  });

  it("is refused itself when its options are wrong, in one line that helps", async () => {
    const directory = fileURLToPath(new URL("..", import.meta.url));
    const admission = [["./src/index.ts", { lable: "team" }] as const];
    await expect(startTestServer({ config: { admission }, directory })).rejects.toMatchObject({ nearest: "label" });
  });
});

it("is short", async () => {
  const source = await readFile(new URL("index.ts", import.meta.url), "utf8");
  expect(source.trimEnd().split("\n").length).toBeLessThanOrEqual(30);
});
