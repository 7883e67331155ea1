import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, listOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { WatchReader } from "./support/watch-reader.js";

const V1 = rolloutsOf("default");
const BETA = rolloutsOf("default", "v1beta1");
const DEPRECATED = '299 - "delivery.example.com/v1beta1 Rollout is deprecated; use delivery.example.com/v1 Rollout"';
const MERGE = { "content-type": "application/merge-patch+json" };

function beta(name: string, spec: object = {}): object {
  return {
    apiVersion: "delivery.example.com/v1beta1",
    kind: "Rollout",
    metadata: { name },
    spec: { image: "web:1", ...spec },
  };
}

describe("versions of one kind", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  it("shows one object in each, with one identity", async () => {
    const made = await create(server, V1, rollout("both", { replicas: 3, strategy: "BlueGreen" }));
    const old = objectOf(await server.request(`${BETA}/both`));
    expect(old).toMatchObject({
      kind: "Rollout",
      apiVersion: "delivery.example.com/v1beta1",
      metadata: { uid: made.metadata.uid, resourceVersion: made.metadata.resourceVersion, generation: 1 },
      spec: { copies: 3, image: "web:1", paused: false },
      status: { phase: "Pending" },
    });
    expect(old.spec).not.toHaveProperty("strategy");
  });

  it("takes writes by any, and loses no field of the stored one", async () => {
    await create(server, V1, rollout("kept", { strategy: "BlueGreen", env: { A: "1" } }));
    const old = objectOf(await server.request(`${BETA}/kept`));
    const body = { ...old, spec: { copies: 7, image: "web:2", paused: true } };
    const written = objectOf(await server.request(`${BETA}/kept`, { method: "PUT", body }));
    expect(written).toMatchObject({ apiVersion: "delivery.example.com/v1beta1", spec: { copies: 7, paused: true } });
    const now = objectOf(await server.request(`${V1}/kept`));
    expect(now).toMatchObject({
      apiVersion: "delivery.example.com/v1",
      metadata: { generation: 2 },
      spec: { replicas: 7, image: "web:2", paused: true, strategy: "BlueGreen", env: { A: "1" } },
    });
  });

  it("creates and patches in the older version", async () => {
    const made = objectOf(await server.request(BETA, { method: "POST", body: beta("older") }));
    expect(made).toMatchObject({ apiVersion: "delivery.example.com/v1beta1", spec: { copies: 1, image: "web:1" } });
    const patch = { method: "PATCH", headers: MERGE, body: { spec: { copies: 4 } } };
    expect(objectOf(await server.request(`${BETA}/older`, patch)).spec).toMatchObject({ copies: 4 });
    expect(objectOf(await server.request(`${V1}/older`)).spec).toMatchObject({ replicas: 4, maxReplicas: 100 });
  });

  it("lists and watches all objects in the version of the path", async () => {
    const list = listOf(await server.request(BETA));
    expect(list).toMatchObject({ kind: "RolloutList", apiVersion: "delivery.example.com/v1beta1" });
    for (const item of list.items) expect(item.spec).toHaveProperty("copies");
    const revision = list.metadata.resourceVersion;
    const watch = await WatchReader.open(server, `${BETA}?watch=1&resourceVersion=${revision}`);
    const made = await create(server, V1, rollout("watched", { replicas: 2 }));
    const { type, object } = await watch.next();
    expect({ type, object }).toMatchObject({
      type: "ADDED",
      object: {
        apiVersion: "delivery.example.com/v1beta1",
        metadata: { name: "watched", resourceVersion: made.metadata.resourceVersion },
        spec: { copies: 2 },
      },
    });
    watch.close();
  });

  it("warns of a deprecated one on every answer, and of no other", async () => {
    const requests = [
      server.request(BETA),
      server.request(`${BETA}/both`),
      server.request(`${BETA}/none`),
      server.request(BETA, { method: "POST", body: beta("warned") }),
      server.request(`${BETA}/warned`, { method: "DELETE" }),
    ];
    for (const response of await Promise.all(requests)) expect(response.headers.warning).toBe(DEPRECATED);
    const watch = await server.open(`${BETA}?watch=1`);
    expect(watch.headers.warning).toBe(DEPRECATED);
    watch.close();
    expect((await server.request(V1)).headers).not.toHaveProperty("warning");
  });

  it("leaves alpha out", async () => {
    const alpha = await server.request(rolloutsOf("default", "v2alpha1"));
    expect(alpha.status).toBe(404);
    expect(alpha.text()).toBe("404 page not found\n");
    expect((await server.request("/apis/delivery.example.com")).text()).not.toContain("v2alpha1");
    expect((await server.request("/openapi/v3")).text()).not.toContain("v2alpha1");
  });
});

describe("runtimeConfig", () => {
  it("serves alpha that is asked for, and drops what is switched off", async () => {
    const server = await startExampleServer({
      runtimeConfig: { "delivery.example.com/v2alpha1": true, "delivery.example.com/v1beta1": false },
    });
    const group = (await server.request("/apis/delivery.example.com")).json<{ versions: { version: string }[] }>();
    expect(group.versions.map(({ version }) => version)).toEqual(["v1", "v2alpha1"]);
    expect((await server.request(BETA)).status).toBe(404);
    const alpha = rolloutsOf("default", "v2alpha1");
    const body = { ...rollout("new"), apiVersion: "delivery.example.com/v2alpha1" };
    const made = objectOf(await server.request(alpha, { method: "POST", body }));
    expect(made.apiVersion).toBe("delivery.example.com/v2alpha1");
    expect(objectOf(await server.request(`${V1}/new`))).toMatchObject({
      apiVersion: "delivery.example.com/v1",
      metadata: { uid: made.metadata.uid },
      spec: { image: "web:1" },
    });
    await server.stop();
  });
});
