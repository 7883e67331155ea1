import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");

describe("GET of one object", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  it("answers the typed object, with the fields in upstream's order and on one line", async () => {
    const body = { data: { b: "<2>", a: "1" }, metadata: { labels: { z: "1", y: "2" }, name: "a" } };
    const created = await server.request(MAPS, { method: "POST", body });
    const read = await server.request(`${MAPS}/a`);
    expect(read.status).toBe(200);
    expect(read.headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-cache, private",
      "content-length": String(read.body.length),
    });
    const { metadata } = objectOf(created);
    expect(read.text()).toBe(
      `{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","namespace":"default","uid":"${metadata.uid}",` +
        `"resourceVersion":"${metadata.resourceVersion}","creationTimestamp":"${metadata.creationTimestamp}",` +
        '"labels":{"y":"2","z":"1"},"managedFields":[{"manager":"unknown","operation":"Update","apiVersion":"v1",' +
        `"time":"${metadata.managedFields?.[0]?.time}","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:a":{},` +
        '"f:b":{}},"f:metadata":{"f:labels":{".":{},"f:y":{},"f:z":{}}}}}]},"data":{"a":"1","b":"\\u003c2\\u003e"}}',
    );
    expect(read.text()).toBe(created.text());
  });

  it("answers 404 for what is not there, in whatever namespace", async () => {
    const details = { name: "nope", kind: "configmaps" };
    const message = 'configmaps "nope" not found';
    expectFailure(await server.request(`${MAPS}/nope`), 404, "NotFound", message, details);
    const elsewhere = await server.request("/api/v1/namespaces/nowhere/configmaps/nope");
    expectFailure(elsewhere, 404, "NotFound", message, details);
    expectFailure(
      await server.request(`${ROLLOUTS}/nope`),
      404,
      "NotFound",
      'rollouts.delivery.example.com "nope" not found',
      { name: "nope", group: "delivery.example.com", kind: "rollouts" },
    );
  });

  it("answers objects without a namespace, and namespaces themselves", async () => {
    const environments = "/apis/delivery.example.com/v1/environments";
    const body = {
      apiVersion: "delivery.example.com/v1",
      kind: "Environment",
      metadata: { name: "staging" },
      spec: { stage: "staging", owner: "ann@example.com" },
    };
    const created = await create(server, environments, body);
    expect(created.metadata.namespace).toBeUndefined();
    expect(objectOf(await server.request(`${environments}/staging`))).toEqual(created);
    const namespace = objectOf(await server.request("/api/v1/namespaces/default"));
    expect(namespace).toMatchObject({ kind: "Namespace", status: { phase: "Active" } });
    const status = objectOf(await server.request("/api/v1/namespaces/default/status"));
    expect(status).toEqual(namespace);
  });

  it("answers the whole object at its status", async () => {
    const created = await create(server, ROLLOUTS, rollout("with-status"));
    expect(created.status).toEqual({ phase: "Pending" });
    expect(objectOf(await server.request(`${ROLLOUTS}/with-status/status`))).toEqual(created);
  });

  it("takes the resourceVersion for a lower bound", async () => {
    const created = await create(server, MAPS, { metadata: { name: "bound" } });
    for (const resourceVersion of ["0", "1", created.metadata.resourceVersion]) {
      const read = await server.request(`${MAPS}/bound?resourceVersion=${resourceVersion}`);
      expect(objectOf(read)).toEqual(created);
    }
  });

  it("answers 504 for a resourceVersion that does not come in time", async () => {
    const future = await server.request(`${MAPS}/bound?resourceVersion=99999999`);
    const message = /^Timeout: Too large resource version: 99999999, current: [0-9]+$/;
    expect(future.json()).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: expect.stringMatching(message),
      reason: "Timeout",
      details: {
        causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
        retryAfterSeconds: 1,
      },
      code: 504,
    });
    expect(future.headers["retry-after"]).toBe("1");
  });

  it("answers 400 for a resourceVersion that is none", async () => {
    expectFailure(
      await server.request(`${MAPS}/bound?resourceVersion=abc`),
      400,
      "BadRequest",
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    );
  });

  it("does not know HEAD", async () => {
    const head = await server.request(`${MAPS}/bound`, { method: "HEAD" });
    expect(head.status).toBe(405);
    expect(head.body).toHaveLength(0);
  });
});
