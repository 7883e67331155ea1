import { fileURLToPath } from "node:url";
import { startTestServer, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../apiserver.config.js";

const ENVIRONMENTS = "/apis/delivery.example.com/v1/environments";
const SPEC = { stage: "staging", owner: "ann@example.com", networks: ["10.0.0.0/8"] };

describe("environments, served as the config names them", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ config, directory: fileURLToPath(new URL("..", import.meta.url)) });
  });
  afterAll(() => server.stop());

  function create(name: string, spec: object): Promise<TestResponse> {
    return server.request(ENVIRONMENTS, { method: "POST", body: { metadata: { name }, spec } });
  }

  it("live outside of namespaces", async () => {
    const made = await create("blue", SPEC);
    expect(made.status).toBe(201);
    expect(made.json()).toMatchObject({ metadata: { name: "blue" }, spec: SPEC });
    expect(made.json<{ metadata: object }>().metadata).not.toHaveProperty("namespace");
    const inside = "/apis/delivery.example.com/v1/namespaces/default/environments";
    expect((await server.request(inside)).status).toBe(404);
    const { resources } = (await server.request("/apis/delivery.example.com/v1")).json<{ resources: object[] }>();
    expect(resources).toEqual([
      expect.objectContaining({ name: "environments", namespaced: false, shortNames: ["env"] }),
    ]);
  });

  it.each([
    ["without a stage", { owner: SPEC.owner }, "spec.stage"],
    ["at an unknown stage", { ...SPEC, stage: "moon" }, "spec.stage"],
    ["of nobody", { ...SPEC, owner: "nobody" }, "spec.owner"],
    ["in no network", { ...SPEC, networks: ["10.0.0.0"] }, "spec.networks[0]"],
    ["in one network twice", { ...SPEC, networks: ["10.0.0.0/8", "10.0.0.0/8"] }, "spec.networks[1]"],
  ])("are refused %s", async (_what, spec, field) => {
    expect((await create("bad", spec)).json()).toMatchObject({ code: 422, details: { causes: [{ field }] } });
  });

  it("are refused without a spec", async () => {
    const answer = await server.request(ENVIRONMENTS, { method: "POST", body: { metadata: { name: "bare" } } });
    expect(answer.json()).toMatchObject({ code: 422, details: { causes: [{ field: "spec" }] } });
  });

  it("show stage and owner in kubectl get", async () => {
    await create("green", { ...SPEC, stage: "production" });
    const headers = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };
    const table = (await server.request(`${ENVIRONMENTS}?fieldSelector=metadata.name%3Dgreen`, { headers })).json();
    expect(table).toMatchObject({
      columnDefinitions: [{ name: "Name" }, { name: "Stage" }, { name: "Owner" }, { name: "Age" }],
      rows: [{ cells: ["green", "production", "ann@example.com", expect.any(String)] }],
    });
  });
});
