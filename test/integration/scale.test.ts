import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const ROLLOUTS = rolloutsOf("default");
const MERGE = { "content-type": "application/merge-patch+json" };

describe("/scale", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  function put(name: string, body: object) {
    return server.request(`${ROLLOUTS}/${name}/scale`, { method: "PUT", body });
  }

  it("shows an object as autoscaling/v1 Scale", async () => {
    const made = await create(server, ROLLOUTS, rollout("seen", { replicas: 3 }));
    const body = { ...rollout("seen"), status: { phase: "Healthy", replicas: 2, selector: "app=web" } };
    const withStatus = objectOf(await server.request(`${ROLLOUTS}/seen/status`, { method: "PUT", body }));
    expect(objectOf(await server.request(`${ROLLOUTS}/seen/scale`))).toEqual({
      kind: "Scale",
      apiVersion: "autoscaling/v1",
      metadata: {
        name: "seen",
        namespace: "default",
        uid: made.metadata.uid,
        resourceVersion: withStatus.metadata.resourceVersion,
        creationTimestamp: made.metadata.creationTimestamp,
      },
      spec: { replicas: 3 },
      status: { replicas: 2, selector: "app=web" },
    });
  });

  it("is written by PUT, which counts as a change of the spec", async () => {
    await create(server, ROLLOUTS, rollout("put"));
    const scale = objectOf(await server.request(`${ROLLOUTS}/put/scale`));
    const response = await put("put", { ...scale, spec: { replicas: 5 } });
    expect(response.status).toBe(200);
    expect(objectOf(response)).toMatchObject({ kind: "Scale", spec: { replicas: 5 } });
    const after = objectOf(await server.request(`${ROLLOUTS}/put`));
    expect(after).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 5, image: "web:1" } });
    expect(after.metadata.resourceVersion).toBe(objectOf(response).metadata.resourceVersion);
    expectFailure(
      await put("put", { ...scale, spec: { replicas: 6 } }),
      409,
      "Conflict",
      'Operation cannot be fulfilled on rollouts.delivery.example.com "put": the object has been modified; please apply your changes to the latest version and try again',
      { name: "put", group: "delivery.example.com", kind: "rollouts" },
    );
    const without = { kind: "Scale", apiVersion: "autoscaling/v1", metadata: { name: "put" }, spec: { replicas: 7 } };
    expect(objectOf(await put("put", without)).spec).toEqual({ replicas: 7 });
  });

  it("is written by PATCH", async () => {
    await create(server, ROLLOUTS, rollout("patched"));
    const path = `${ROLLOUTS}/patched/scale`;
    const merged = await server.request(path, { method: "PATCH", headers: MERGE, body: { spec: { replicas: 4 } } });
    expect(objectOf(merged)).toMatchObject({ kind: "Scale", spec: { replicas: 4 } });
    const json = { "content-type": "application/json-patch+json" };
    const body = [{ op: "replace", path: "/spec/replicas", value: 0 }];
    expect(objectOf(await server.request(path, { method: "PATCH", headers: json, body })).spec).toEqual({});
    expect(objectOf(await server.request(`${ROLLOUTS}/patched`)).spec).toMatchObject({ replicas: 0 });
  });

  it("validates the number, and what the object makes of it", async () => {
    await create(server, ROLLOUTS, rollout("checked"));
    const scale = { kind: "Scale", apiVersion: "autoscaling/v1", metadata: { name: "checked" } };
    const message = "Invalid value: -1: must be greater than or equal to 0";
    expectFailure(
      await put("checked", { ...scale, spec: { replicas: -1 } }),
      422,
      "Invalid",
      `Scale.autoscaling "checked" is invalid: spec.replicas: ${message}`,
      {
        name: "checked",
        group: "autoscaling",
        kind: "Scale",
        causes: [{ reason: "FieldValueInvalid", message, field: "spec.replicas" }],
      },
    );
    expect((await put("checked", { ...scale, spec: { replicas: "two" } })).status).toBe(400);
    expect((await put("checked", { ...scale, metadata: { name: "other" } })).status).toBe(400);
    expect(objectOf(await server.request(`${ROLLOUTS}/checked`)).spec).toMatchObject({ replicas: 1 });
  });

  it("is not there for an object that is not, for a version or a resource without it", async () => {
    const details = { name: "none", group: "delivery.example.com", kind: "rollouts" };
    const message = 'rollouts.delivery.example.com "none" not found';
    expectFailure(await server.request(`${ROLLOUTS}/none/scale`), 404, "NotFound", message, details);
    const unknown = "the server could not find the requested resource";
    const beta = `${rolloutsOf("default", "v1beta1")}/checked/scale`;
    expectFailure(await server.request(beta), 404, "NotFound", unknown, {});
    const map = "/api/v1/namespaces/default/configmaps/a/scale";
    expectFailure(await server.request(map), 404, "NotFound", unknown, {});
  });
});
