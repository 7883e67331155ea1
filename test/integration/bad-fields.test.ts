import { describe, expect, it } from "vitest";
import { objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rolloutsOf } from "./support/rollouts.js";
import { UntouchedServer } from "./support/untouched-server.js";
import { widgetsOf } from "./support/widget.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");
const JSON_TYPE = "application/json";
const YAML_TYPE = "application/yaml";
const MERGE_TYPE = "application/merge-patch+json";
const JSON_PATCH_TYPE = "application/json-patch+json";

describe("bad fields", () => {
  const untouched = new UntouchedServer();

  it.each([
    ['{"metadata":[]}', "array into Go struct field ConfigMap.metadata"],
    ['{"metadata":{"name":5}}', "number into Go struct field ObjectMeta.metadata.name of type string"],
    [
      '{"metadata":{"name":"x","labels":{"a":1}}}',
      "number into Go struct field ObjectMeta.metadata.labels of type string",
    ],
    [
      '{"metadata":{"name":"x","labels":[]}}',
      "array into Go struct field ObjectMeta.metadata.labels of type map[string]string",
    ],
    [
      '{"metadata":{"name":"x","finalizers":"a"}}',
      "string into Go struct field ObjectMeta.metadata.finalizers of type []string",
    ],
    [
      '{"metadata":{"name":"x","generation":1.5}}',
      "number 1.5 into Go struct field ObjectMeta.metadata.generation of type int64",
    ],
  ])("of the wrong type: %s", async (body, detail) => {
    const message = `ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal ${detail}`;
    const response = await untouched.post(body);
    expect(response.json()).toMatchObject({
      code: 400,
      reason: "BadRequest",
      message: expect.stringContaining(message),
    });
  });

  it.each([
    [{ labels: { "-bad": "x" } }, "metadata.labels"],
    [{ labels: { ok: "not ok!" } }, "metadata.labels"],
    [{ labels: { ok: "x".repeat(64) } }, "metadata.labels"],
    [{ labels: { ["k".repeat(64)]: "x" } }, "metadata.labels"],
    [{ labels: { "a/b/c": "x" } }, "metadata.labels"],
    [{ annotations: { "a b": "x" } }, "metadata.annotations"],
    [{ finalizers: ["a b"] }, "metadata.finalizers"],
    [{ name: "" }, "metadata.name"],
    [{ name: "../../etc/passwd" }, "metadata.name"],
    [{ name: "a\0b" }, "metadata.name"],
    [{ name: "a/b" }, "metadata.name"],
    [{ name: ".." }, "metadata.name"],
    [{ name: "x".repeat(254) }, "metadata.name"],
    [{ name: "ünïcode" }, "metadata.name"],
    [{ name: "", generateName: "-" }, "metadata.generateName"],
    [
      { ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "x", uid: "" }] },
      "metadata.ownerReferences[0].uid",
    ],
  ])("out of bounds: %j", async (metadata, field) => {
    const response = await untouched.post(JSON.stringify({ metadata: { name: "x", ...metadata } }));
    expect(response.status).toBe(422);
    const status = response.json<{ reason: string; details: { kind: string; causes: { field: string }[] } }>();
    expect(status).toMatchObject({ reason: "Invalid", details: { kind: "ConfigMap" } });
    expect(new Set(status.details.causes.map((cause) => cause.field))).toContain(field);
  });

  it("that would reach a prototype, in every place", async () => {
    const evil = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}';
    for (const path of [MAPS, ROLLOUTS, widgetsOf("default")]) {
      for (const body of [
        `{${evil}}`,
        `{"metadata":{"name":"x",${evil}},${evil},"spec":{${evil}},"data":{"a":1}}`,
        `{"__proto__":{"metadata":{"name":"x"}}}`,
        `{"metadata":{"__proto__":{"name":"x"}}}`,
      ]) {
        const response = await untouched.post(body, JSON_TYPE, `${path}?dryRun=All`);
        expect([400, 422], `${path} ${body}`).toContain(response.status);
        expect(response.json()).toMatchObject({ kind: "Status", status: "Failure" });
      }
    }
    const prefixed = [
      [
        "PATCH",
        `${MAPS}/there`,
        MERGE_TYPE,
        '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
      ],
      ["PATCH", `${MAPS}/there`, MERGE_TYPE, '{"metadata":{"__proto__":{"polluted":true}}}'],
      ["PATCH", `${MAPS}/there`, JSON_PATCH_TYPE, '[{"op":"add","path":"/__proto__/polluted","value":true}]'],
      [
        "PATCH",
        `${MAPS}/there`,
        JSON_PATCH_TYPE,
        '[{"op":"add","path":"/constructor/prototype/polluted","value":true}]',
      ],
      ["PATCH", `${MAPS}/there`, JSON_PATCH_TYPE, '[{"op":"add","path":"/data/__proto__","value":{"polluted":"x"}}]'],
      ["PATCH", `${MAPS}/there`, JSON_PATCH_TYPE, '[{"op":"move","from":"/__proto__","path":"/data/a"}]'],
      ["DELETE", `${MAPS}/there`, JSON_TYPE, '{"__proto__":{"dryRun":["All"]},"preconditions":{"uid":"x"}}'],
    ] as const;
    for (const [method, path, type, body] of prefixed) {
      const response = await untouched.send(method, path, type, body);
      if (method === "PATCH" && response.status === 200) {
        // Dropped as unknown fields: the object is as it was, which is checked after the test.
        expect(response.headers.warning, body).toContain("unknown field");
      } else expect([400, 409, 422], body).toContain(response.status);
    }
    for (const body of [
      "__proto__: {polluted: true}\n",
      "metadata: {__proto__: {polluted: true}, name: x}\ndata: {a: [b]}\n",
      "<<: {__proto__: {polluted: true}}\n",
    ]) {
      expect((await untouched.post(body, YAML_TYPE)).status).toBeGreaterThanOrEqual(400);
    }
  });

  it("of the wrong kind, or under another name than the URL's", async () => {
    const secret = '{"kind":"Secret","apiVersion":"v1","metadata":{"name":"x"}}';
    expectFailure(
      await untouched.post(secret),
      400,
      "BadRequest",
      'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
    );
    expectFailure(
      await untouched.send("PUT", `${MAPS}/there`, JSON_TYPE, '{"metadata":{"name":"other"}}'),
      400,
      "BadRequest",
      "the name of the object (other) does not match the name on the URL (there)",
    );
    expectFailure(
      await untouched.post('{"apiVersion":"a/b/c","kind":"ConfigMap"}'),
      400,
      "BadRequest",
      'the object provided is unrecognized (must be of type ConfigMap): unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c","kind":" ...)',
    );
    expect(objectOf(await untouched.server.request(`${MAPS}/there`)).data).toEqual({ a: "1" });
  });
});

describe("keys that look dangerous but are only data", () => {
  it("are stored and come back as they were", async () => {
    const server = await startExampleServer();
    const extensions = '{"__proto__":{"a":1},"constructor":{"prototype":2},"toString":"x","hasOwnProperty":null}';
    const body = `{"apiVersion":"delivery.example.com/v1","kind":"Rollout","metadata":{"name":"keys","annotations":{"constructor":"1","toString":"2"}},"spec":{"image":"a","env":{"__proto__":"p","constructor":"c","valueOf":"v"},"extensions":${extensions}}}`;
    const headers = { "content-type": JSON_TYPE };
    const made = await server.request(ROLLOUTS, { method: "POST", headers, body });
    expect(made.status).toBe(201);
    const read = (await server.request(`${ROLLOUTS}/keys`)).text();
    expect(read).toBe(made.text());
    expect(read).toContain('"env":{"__proto__":"p","constructor":"c","valueOf":"v"}');
    expect(read).toContain(
      '"extensions":{"__proto__":{"a":1},"constructor":{"prototype":2},"hasOwnProperty":null,"toString":"x"}',
    );
    const patch = '{"spec":{"env":{"__proto__":null,"hasOwnProperty":"h"},"extensions":{"__proto__":{"b":2}}}}';
    const patched = await server.request(`${ROLLOUTS}/keys`, {
      method: "PATCH",
      headers: { "content-type": MERGE_TYPE },
      body: patch,
    });
    expect(patched.status).toBe(200);
    expect(patched.text()).toContain('"env":{"constructor":"c","hasOwnProperty":"h","valueOf":"v"}');
    expect(patched.text()).toContain('"__proto__":{"a":1,"b":2}');
    expect(Object.keys(Object.prototype)).toEqual([]);
    await server.stop();
  });
});
