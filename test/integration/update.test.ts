import type { KubeObject } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";
import { widget, widgetsOf } from "./support/widget.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");
const MODIFIED = "the object has been modified; please apply your changes to the latest version and try again";

describe("PUT", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  function put(path: string, body: unknown) {
    return server.request(path, { method: "PUT", body });
  }

  function metadataOf(object: KubeObject) {
    return object.metadata;
  }

  it("replaces the object and keeps its identity", async () => {
    const made = await create(server, MAPS, { metadata: { name: "a", labels: { x: "1" } }, data: { a: "1" } });
    const response = await put(`${MAPS}/a`, { metadata: { name: "a" }, data: { b: "2" } });
    expect(response.status).toBe(200);
    const next = objectOf(response);
    expect(next).toEqual({
      kind: "ConfigMap",
      apiVersion: "v1",
      metadata: {
        name: "a",
        namespace: "default",
        uid: made.metadata.uid,
        resourceVersion: expect.not.stringMatching(`^${made.metadata.resourceVersion}$`),
        creationTimestamp: made.metadata.creationTimestamp,
        managedFields: [expect.objectContaining({ fieldsV1: { "f:data": { ".": {}, "f:b": {} } } })],
      },
      data: { b: "2" },
    });
    expect(objectOf(await server.request(`${MAPS}/a`))).toEqual(next);
  });

  it("refuses a stale resourceVersion", async () => {
    const made = await create(server, MAPS, { metadata: { name: "stale" } });
    await put(`${MAPS}/stale`, { ...made, data: { a: "1" } }).then(objectOf);
    expectFailure(
      await put(`${MAPS}/stale`, { ...made, data: { a: "2" } }),
      409,
      "Conflict",
      `Operation cannot be fulfilled on configmaps "stale": ${MODIFIED}`,
      { name: "stale", kind: "configmaps" },
    );
  });

  it("lets typed kinds leave the resourceVersion out, and wants it of custom ones", async () => {
    await create(server, MAPS, { metadata: { name: "free" } });
    expect((await put(`${MAPS}/free`, { metadata: { name: "free" }, data: { a: "1" } })).status).toBe(200);
    await create(server, widgetsOf("default"), widget("bound"));
    const message = "Invalid value: 0: must be specified for an update";
    expectFailure(
      await put(`${widgetsOf("default")}/bound`, widget("bound", { size: 1 })),
      422,
      "Invalid",
      `widgets.example.com "bound" is invalid: metadata.resourceVersion: ${message}`,
      {
        name: "bound",
        group: "example.com",
        kind: "widgets",
        causes: [{ reason: "FieldValueInvalid", message, field: "metadata.resourceVersion" }],
      },
    );
  });

  it("takes no update without resourceVersion for lost: all of many parallel ones succeed", async () => {
    await create(server, MAPS, { metadata: { name: "parallel" } });
    const updates = Array.from({ length: 20 }, (_, index) =>
      put(`${MAPS}/parallel`, { metadata: { name: "parallel" }, data: { index: String(index) } }),
    );
    const answers = await Promise.all(updates);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(answers.map((answer) => objectOf(answer).metadata.resourceVersion)).size).toBe(20);
  });

  it("lets one of many parallel updates of one revision win", async () => {
    const made = await create(server, MAPS, { metadata: { name: "contended" } });
    const updates = Array.from({ length: 10 }, (_, index) =>
      put(`${MAPS}/contended`, { ...made, data: { index: String(index) } }),
    );
    const codes = (await Promise.all(updates)).map(({ status }) => status).sort();
    expect(codes).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  });

  it("wants the name of the URL", async () => {
    await create(server, MAPS, { metadata: { name: "named" } });
    expectFailure(
      await put(`${MAPS}/named`, { metadata: { name: "b" } }),
      400,
      "BadRequest",
      "the name of the object (b) does not match the name on the URL (named)",
    );
    expectFailure(
      await put(`${MAPS}/named`, { metadata: {} }),
      400,
      "BadRequest",
      "the name of the object (named based on URL) was undeterminable: name must be provided",
    );
  });

  it("does not create", async () => {
    expectFailure(
      await put(`${MAPS}/missing`, { metadata: { name: "missing" } }),
      404,
      "NotFound",
      'configmaps "missing" not found',
      { name: "missing", kind: "configmaps" },
    );
  });

  it("refuses another uid", async () => {
    await create(server, MAPS, { metadata: { name: "identity" } });
    const response = await put(`${MAPS}/identity`, { metadata: { name: "identity", uid: "other" } });
    expect(response.json()).toMatchObject({
      code: 409,
      reason: "Conflict",
      message: expect.stringContaining("Precondition failed: UID in precondition: other, UID in object meta: "),
      details: { name: "identity", kind: "configmaps" },
    });
  });

  it("writes nothing when nothing changes", async () => {
    const made = await create(server, ROLLOUTS, rollout("same", { replicas: 3 }));
    const again = objectOf(await put(`${ROLLOUTS}/same`, rollout("same", { replicas: 3 })));
    expect(again).toEqual(made);
    const list = await server.request(`${ROLLOUTS}?limit=1`);
    expect(list.json()).toMatchObject({ metadata: { resourceVersion: made.metadata.resourceVersion } });
  });

  it("counts changes of the spec in the generation, and nothing else", async () => {
    const made = await create(server, ROLLOUTS, rollout("counted"));
    expect(made.metadata.generation).toBe(1);
    const labelled = { ...rollout("counted"), metadata: { name: "counted", labels: { a: "1" } } };
    expect(metadataOf(objectOf(await put(`${ROLLOUTS}/counted`, labelled))).generation).toBe(1);
    const scaled = objectOf(await put(`${ROLLOUTS}/counted`, rollout("counted", { replicas: 2 })));
    expect(metadataOf(scaled).generation).toBe(2);
    const lie = { ...rollout("counted", { replicas: 2 }), metadata: { name: "counted", generation: 99 } };
    expect(metadataOf(objectOf(await put(`${ROLLOUTS}/counted`, lie))).generation).toBe(2);
  });

  it("leaves the status alone, and at /status everything but it", async () => {
    const made = await create(server, ROLLOUTS, rollout("parts"));
    const main = objectOf(
      await put(`${ROLLOUTS}/parts`, { ...rollout("parts", { replicas: 2 }), status: { phase: "Failed" } }),
    );
    expect(main).toMatchObject({ spec: { replicas: 2 }, status: { phase: "Pending" } });
    const status = objectOf(
      await put(`${ROLLOUTS}/parts/status`, {
        ...rollout("parts", { replicas: 9 }),
        metadata: { name: "parts", labels: { a: "1" } },
        status: { phase: "Healthy", replicas: 2, observedGeneration: 2 },
      }),
    );
    expect(status).toMatchObject({
      metadata: { generation: 2, uid: made.metadata.uid },
      spec: { replicas: 2 },
      status: { phase: "Healthy", replicas: 2, observedGeneration: 2 },
    });
    expect(status.metadata).not.toHaveProperty("labels");
    expect(objectOf(await server.request(`${ROLLOUTS}/parts`))).toEqual(status);
  });

  it("validates the status", async () => {
    await create(server, ROLLOUTS, rollout("bad-status"));
    const message = 'Unsupported value: "Odd": supported values: "Pending", "Progressing", "Healthy", "Failed"';
    expectFailure(
      await put(`${ROLLOUTS}/bad-status/status`, { ...rollout("bad-status"), status: { phase: "Odd" } }),
      422,
      "Invalid",
      `Rollout.delivery.example.com "bad-status" is invalid: status.phase: ${message}`,
      {
        name: "bad-status",
        group: "delivery.example.com",
        kind: "Rollout",
        causes: [{ reason: "FieldValueNotSupported", message, field: "status.phase" }],
      },
    );
  });

  it("runs validateUpdate of the class", async () => {
    await create(server, ROLLOUTS, rollout("fixed"));
    const message = "Forbidden: the strategy of a rollout is fixed";
    expectFailure(
      await put(`${ROLLOUTS}/fixed`, rollout("fixed", { strategy: "BlueGreen" })),
      422,
      "Invalid",
      `Rollout.delivery.example.com "fixed" is invalid: spec.strategy: ${message}`,
      {
        name: "fixed",
        group: "delivery.example.com",
        kind: "Rollout",
        causes: [{ reason: "FieldValueForbidden", message, field: "spec.strategy" }],
      },
    );
  });

  it("keeps an immutable config map as it is", async () => {
    await create(server, MAPS, { metadata: { name: "frozen" }, data: { a: "1" }, immutable: true });
    const message = "Forbidden: field is immutable when `immutable` is set";
    expectFailure(
      await put(`${MAPS}/frozen`, { metadata: { name: "frozen" }, data: { a: "2" }, immutable: true }),
      422,
      "Invalid",
      `ConfigMap "frozen" is invalid: data: ${message}`,
      { name: "frozen", kind: "ConfigMap", causes: [{ reason: "FieldValueForbidden", message, field: "data" }] },
    );
  });

  it("is not served on a collection", async () => {
    const message = "the server does not allow this method on the requested resource";
    expectFailure(await put(MAPS, {}), 405, "MethodNotAllowed", message, {});
  });
});
