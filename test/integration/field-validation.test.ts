import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");

describe("fieldValidation", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  function post(path: string, body: unknown, type = "application/json") {
    return server.request(path, { method: "POST", headers: { "content-type": type }, body });
  }

  it("Strict names unknown and repeated fields, and stores nothing", async () => {
    const body = '{"metadata":{"name":"strict"},"foo":1,"data":{"a":"1","a":"2"}}';
    expectFailure(
      await post(`${MAPS}?fieldValidation=Strict`, body),
      400,
      "BadRequest",
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo", duplicate field "data.a"',
    );
    expect((await server.request(`${MAPS}/strict`)).status).toBe(404);
  });

  it("Strict names fields deep inside, by path", async () => {
    expectFailure(
      await post(`${MAPS}?fieldValidation=Strict`, { metadata: { name: "deep", nmae: "x" } }),
      400,
      "BadRequest",
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "metadata.nmae"',
    );
    const body = rollout("deep", {
      steps: [{ name: "a" }, { name: "b", wieght: 100 }],
      extensions: { any: { thing: 1 } },
    });
    expectFailure(
      await post(`${ROLLOUTS}?fieldValidation=Strict`, body),
      400,
      "BadRequest",
      'Rollout in version "v1" cannot be handled as a Rollout: strict decoding error: unknown field "spec.steps[1].wieght"',
    );
  });

  it.each(["?fieldValidation=Warn", ""])("Warn is the default: it warns of each and drops them (%s)", async (query) => {
    const name = `warn${query.length}`;
    const response = await post(`${MAPS}${query}`, `{"metadata":{"name":"${name}"},"data":{"a":"1","a":"2"},"foo":1}`);
    expect(response.status).toBe(201);
    expect(response.headers.warning).toBe('299 - "unknown field \\"foo\\"", 299 - "duplicate field \\"data.a\\""');
    expect(response.json()).toMatchObject({ data: { a: "2" } });
    expect(response.json()).not.toHaveProperty("foo");
  });

  it("Ignore says nothing", async () => {
    const response = await post(`${MAPS}?fieldValidation=Ignore`, '{"metadata":{"name":"ignore"},"foo":1}');
    expect(response.status).toBe(201);
    expect(response.headers).not.toHaveProperty("warning");
    expect(response.json()).not.toHaveProperty("foo");
  });

  it("holds for YAML too", async () => {
    const body = "metadata:\n  name: yaml\nfoo: 1\ndata:\n  a: '1'\n  a: '2'\n";
    const response = await post(`${MAPS}?fieldValidation=Strict`, body, "application/yaml");
    expect(response.json()).toMatchObject({
      code: 400,
      message: expect.stringMatching(
        /strict decoding error: unknown field "foo", .*duplicate field "data\.a"|key "a" already set/,
      ),
    });
  });

  it("holds for PUT and PATCH", async () => {
    await post(ROLLOUTS, rollout("written"));
    const put = await server.request(`${ROLLOUTS}/written?fieldValidation=Strict`, {
      method: "PUT",
      body: { ...rollout("written"), foo: 1 },
    });
    expect(put.status).toBe(400);
    const patch = await server.request(`${ROLLOUTS}/written?fieldValidation=Strict`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: { spec: { foo: 1 } },
    });
    expect(patch.status).toBe(422);
    expect(patch.json()).toMatchObject({
      reason: "Invalid",
      message: expect.stringContaining('strict decoding error: unknown field "spec.foo"'),
    });
  });

  it("is nothing else", async () => {
    const message = 'Unsupported value: "Maybe": supported values: "", "Ignore", "Strict", "Warn"';
    expectFailure(
      await post(`${MAPS}?fieldValidation=Maybe`, { metadata: { name: "maybe" } }),
      422,
      "Invalid",
      `CreateOptions.meta.k8s.io "" is invalid: fieldValidation: ${message}`,
      {
        group: "meta.k8s.io",
        kind: "CreateOptions",
        causes: [{ reason: "FieldValueNotSupported", message, field: "fieldValidation" }],
      },
    );
  });

  it("keeps fields that the schema opens, whatever they are", async () => {
    const extensions = { any: { thing: [1, { a: null }] }, constructor: "x" };
    const response = await post(`${ROLLOUTS}?fieldValidation=Strict`, rollout("open", { extensions }));
    expect(response.status).toBe(201);
    expect(response.json<{ spec: { extensions: object } }>().spec.extensions).toEqual(extensions);
  });
});

describe("fieldManager", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  it("has at most 128 printable bytes", async () => {
    const long = await server.request(`${MAPS}?fieldManager=${"m".repeat(129)}`, {
      method: "POST",
      body: { metadata: { name: "long" } },
    });
    expect(long.json()).toMatchObject({
      code: 422,
      reason: "Invalid",
      details: { kind: "CreateOptions", causes: [{ reason: "FieldValueTooLong", field: "fieldManager" }] },
    });
    const control = await server.request(`${MAPS}?fieldManager=a%01`, {
      method: "POST",
      body: { metadata: { name: "control" } },
    });
    const message = 'Invalid value: "a\\u0001": invalid character U+0001 (at position 1)';
    expect(control.json()).toMatchObject({ code: 422, details: { causes: [{ field: "fieldManager" }] } });
    expect(control.text()).toContain(JSON.stringify(message).slice(-40));
    const force = await server.request(`${MAPS}/long?force=true`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: {},
    });
    expect(force.json()).toMatchObject({
      code: 422,
      message: 'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    });
  });
});
