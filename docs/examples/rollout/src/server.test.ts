import { fileURLToPath } from "node:url";
import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../apiserver.config.js";

const directory = fileURLToPath(new URL("..", import.meta.url));
const GROUP = "/apis/delivery.example.com";
const V1 = `${GROUP}/v1/namespaces/default/rollouts`;
const V1BETA1 = `${GROUP}/v1beta1/namespaces/default/rollouts`;
const KEPT = "delivery.example.com/v1-spec";

const FULL = {
  replicas: 3,
  image: "web:1",
  strategy: "BlueGreen",
  maxUnavailable: "25%",
  steps: [
    { name: "canary", weight: 10, pause: "5m" },
    { name: "all", weight: 100 },
  ],
  env: { STAGE: "test" },
  extensions: { "any.thing": [1, { two: null }] },
};

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ config, directory });
});
afterAll(() => server.stop());

function create(path: string, name: string, spec: object, metadata: object = {}): Promise<TestResponse> {
  return server.request(path, { method: "POST", body: { metadata: { name, ...metadata }, spec } });
}

function patch(path: string, body: object): Promise<TestResponse> {
  const headers = { "content-type": "application/merge-patch+json" };
  return server.request(path, { method: "PATCH", headers, body: JSON.stringify(body) });
}

async function get(path: string): Promise<KubeObject> {
  return (await server.request(path)).json();
}

describe("hooks", () => {
  it("fill in, prepare and warn", async () => {
    const made = await create(V1, "plain", { image: "web:latest" });
    expect(made.json()).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 1, maxReplicas: 100, strategy: "Canary", paused: false, steps: [{ name: "all", weight: 100 }] },
      status: { phase: "Pending" },
    });
    expect(made.headers.warning).toBe('299 - "spec.image: a fixed tag makes a rollout repeatable"');
  });

  it("refuse what the schema cannot", async () => {
    const steps = [{ name: "half", weight: 50 }];
    expect((await create(V1, "half", { image: "web:1", steps })).json()).toMatchObject({
      code: 422,
      details: { causes: [{ field: "spec.steps[0].weight" }] },
    });
    await create(V1, "fixed", { image: "web:1" });
    expect((await patch(`${V1}/fixed`, { spec: { strategy: "AllAtOnce" } })).json()).toMatchObject({
      code: 422,
      details: { causes: [{ field: "spec.strategy", reason: "FieldValueForbidden" }] },
    });
  });
});

describe("subresources", () => {
  it("are in discovery", async () => {
    const { resources } = (await server.request(`${GROUP}/v1`)).json<{
      resources: { name: string; kind: string; verbs: string[] }[];
    }>();
    const rows = resources.map(({ name, kind, verbs }) => `${name} ${kind} ${verbs.join(",")}`);
    expect(rows).toEqual([
      "rollouts Rollout create,delete,deletecollection,get,list,patch,update,watch",
      "rollouts/restart RestartRequest create",
      "rollouts/scale Scale get,patch,update",
      "rollouts/status Rollout get,patch,update",
    ]);
  });

  it("restart changes the rollout", async () => {
    await create(V1, "again", { image: "web:1" });
    const answer = await server.request(`${V1}/again/restart`, { method: "POST", body: { reason: "new secret" } });
    expect(answer.json()).toMatchObject({
      kind: "Rollout",
      metadata: {
        generation: 2,
        annotations: {
          "delivery.example.com/restarted-by": "kubernetes-admin",
          "delivery.example.com/restart-reason": "new secret",
        },
      },
      spec: { restartedAt: expect.stringMatching(/Z$/) },
    });
    const long = { reason: "x".repeat(201) };
    expect((await server.request(`${V1}/again/restart`, { method: "POST", body: long })).status).toBe(422);
  });

  it("scale and status change their own part only", async () => {
    await create(V1, "scaled", { image: "web:1" });
    await patch(`${V1}/scaled/status`, { status: { replicas: 1, selector: "app=web" }, spec: { replicas: 9 } });
    const scale = await patch(`${V1}/scaled/scale`, { spec: { replicas: 4 } });
    expect(scale.json()).toMatchObject({
      apiVersion: "autoscaling/v1",
      kind: "Scale",
      spec: { replicas: 4 },
      status: { replicas: 1, selector: "app=web" },
    });
    expect(await get(`${V1}/scaled`)).toMatchObject({
      spec: { replicas: 4 },
      status: { phase: "Pending", replicas: 1 },
    });
  });
});

describe("versions", () => {
  it("show the same object in another form, with a warning where they are deprecated", async () => {
    await create(V1, "both", FULL);
    const older = await server.request(`${V1BETA1}/both`);
    expect(older.json()).toMatchObject({
      apiVersion: "delivery.example.com/v1beta1",
      spec: { copies: 3, image: "web:1", paused: false },
    });
    expect(older.headers.warning).toBe(
      '299 - "delivery.example.com/v1beta1 Rollout is deprecated; use delivery.example.com/v1 Rollout"',
    );
    expect((await server.request(`${V1}/both`)).headers).not.toHaveProperty("warning");
  });

  it.each([
    ["a patch", (path: string) => patch(path, { spec: { copies: 7 } })],
    [
      "a PUT that sends back what it was given",
      async (path: string) => {
        const object = await get(path);
        const spec = { ...Object(object.spec), copies: 7 };
        return server.request(path, { method: "PUT", body: { ...object, spec } });
      },
    ],
    [
      "a PUT without annotations",
      (path: string) =>
        server.request(path, {
          method: "PUT",
          body: { metadata: { name: path.split("/").at(-1) }, spec: { copies: 7, image: "web:1" } },
        }),
    ],
    [
      "a PUT that writes nonsense into the annotation",
      (path: string) => patch(path, { metadata: { annotations: { [KEPT]: "{{" } }, spec: { copies: 7 } }),
    ],
  ])("%s through v1beta1 loses nothing of v1", async (what, write) => {
    const name = what.replaceAll(/\W+/g, "-").toLowerCase();
    const before = (await create(V1, name, FULL)).json<KubeObject>();
    expect((await write(`${V1BETA1}/${name}`)).status).toBe(200);
    const after = await get(`${V1}/${name}`);
    expect(after.spec).toEqual({ ...Object(before.spec), replicas: 7 });
    expect(after.status).toEqual(before.status);
    expect(after.metadata).toMatchObject({ uid: before.metadata.uid, generation: 2 });
    expect(after.metadata.annotations).toBeUndefined();
  });

  it("can be made through v1beta1, whose annotation nobody can forge", async () => {
    const annotations = { [KEPT]: '{"steps":7}', mine: "stays" };
    const made = await create(V1BETA1, "older", { copies: 2, image: "web:1" }, { annotations });
    expect(made.status).toBe(201);
    expect(await get(`${V1}/older`)).toMatchObject({
      metadata: { annotations: { mine: "stays" } },
      spec: { replicas: 2, maxReplicas: 100, strategy: "Canary" },
      status: { phase: "Pending" },
    });
    expect(JSON.stringify((await get(`${V1}/older`)).metadata.annotations)).not.toContain(KEPT);
  });

  it("leave the alpha version off until the config switches it on", async () => {
    const alpha = `${GROUP}/v2alpha1/namespaces/default/rollouts`;
    expect((await server.request(alpha)).status).toBe(404);
    const runtimeConfig = { "delivery.example.com/v2alpha1": true };
    const other = await startTestServer({ config: { ...config, runtimeConfig }, directory });
    const made = await other.request(alpha, { method: "POST", body: { metadata: { name: "a" }, spec: FULL } });
    expect(made.status).toBe(201);
    const groups = (await other.request(GROUP)).json<{ versions: { version: string }[] }>();
    expect(groups.versions.map(({ version }) => version)).toEqual(["v1", "v1beta1", "v2alpha1"]);
    expect((await other.request(`${V1}/a`)).json()).toMatchObject({ spec: FULL });
    await other.stop();
  });
});

it("has the columns of its version and selectable fields", async () => {
  await create(V1, "seen", { image: "seen:1", replicas: 2 });
  const headers = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };
  const table = async (path: string) =>
    (await server.request(`${path}?fieldSelector=spec.image%3Dseen:1`, { headers })).json<{
      columnDefinitions: { name: string }[];
      rows: { cells: unknown[] }[];
    }>();
  const { columnDefinitions, rows } = await table(V1);
  expect(columnDefinitions.map(({ name }) => name)).toEqual(["Name", "Replicas", "Phase", "Image", "Age"]);
  expect(rows.map(({ cells }) => cells)).toEqual([["seen", 2, "Pending", "seen:1", expect.any(String)]]);
});

it("says at the start that the rule of its spec is only recorded", () => {
  expect(server.logs).toContainEqual({
    level: "warn",
    message: "CEL rules are recorded and published, but not enforced yet",
    fields: expect.objectContaining({ resource: "rollouts.delivery.example.com" }),
  });
});
