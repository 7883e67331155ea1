import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");
const MERGE = "application/merge-patch+json";
const JSON_PATCH = "application/json-patch+json";
const STRATEGIC = "application/strategic-merge-patch+json";
const REJECTED = "the server rejected our request due to an error in our request";

describe("PATCH", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
    await create(server, MAPS, { metadata: { name: "unreadable" } });
  });
  afterAll(() => server.stop());

  function patch(path: string, type: string, body: unknown) {
    return server.request(path, { method: "PATCH", headers: { "content-type": type }, body });
  }

  it("merges: members replace, null deletes, lists are replaced whole", async () => {
    const made = await create(server, MAPS, {
      metadata: { name: "merge", labels: { a: "1", b: "2" }, finalizers: ["example.com/x", "example.com/y"] },
      data: { x: "1", y: "2" },
    });
    const body = {
      metadata: { labels: { a: null, c: "3" }, finalizers: ["example.com/z"] },
      data: { x: null, z: "3" },
    };
    const response = await patch(`${MAPS}/merge`, MERGE, body);
    expect(response.status).toBe(200);
    const next = objectOf(response);
    expect(next).toEqual({
      ...made,
      metadata: {
        ...made.metadata,
        resourceVersion: next.metadata.resourceVersion,
        managedFields: next.metadata.managedFields,
        labels: { b: "2", c: "3" },
        finalizers: ["example.com/z"],
      },
      data: { y: "2", z: "3" },
    });
    expect(next.metadata.resourceVersion).not.toBe(made.metadata.resourceVersion);
    expect(objectOf(await server.request(`${MAPS}/merge`))).toEqual(next);
  });

  it("applies JSON patches in order, all or nothing", async () => {
    await create(server, MAPS, {
      metadata: { name: "json", annotations: { "example.com/a": "1" } },
      data: { d: "2", e: "3" },
    });
    const body = [
      { op: "test", path: "/data/e", value: "3" },
      { op: "replace", path: "/metadata/annotations/example.com~1a", value: "one" },
      { op: "remove", path: "/data/d" },
      { op: "copy", from: "/data/e", path: "/data/f" },
      { op: "move", from: "/data/e", path: "/data/g" },
      { op: "add", path: "/metadata/labels", value: { new: "yes" } },
    ];
    const next = objectOf(await patch(`${MAPS}/json`, JSON_PATCH, body));
    expect(next.data).toEqual({ f: "3", g: "3" });
    expect(next.metadata.annotations).toEqual({ "example.com/a": "one" });
    expect(next.metadata.labels).toEqual({ new: "yes" });
    const halfway = [
      { op: "add", path: "/data/h", value: "4" },
      { op: "remove", path: "/data/missing" },
    ];
    const failed = await patch(`${MAPS}/json`, JSON_PATCH, halfway);
    expect(failed.status).toBe(422);
    expect(objectOf(await server.request(`${MAPS}/json`))).toEqual(next);
  });

  it.each([
    ["a failed test", [{ op: "test", path: "/data/a", value: "other" }]],
    ["a missing path", [{ op: "remove", path: "/data/none" }]],
    ["an unknown operation", [{ op: "increment", path: "/data/a" }]],
  ])("answers 422 to %s", async (name, body) => {
    const path = `${MAPS}/${name.replaceAll(" ", "-")}`;
    await create(server, MAPS, { metadata: { name: name.replaceAll(" ", "-") }, data: { a: "1" } });
    const response = await patch(path, JSON_PATCH, body);
    expect(response.json()).toMatchObject({ status: "Failure", reason: "Invalid", message: REJECTED, code: 422 });
    expect(response.status).toBe(422);
  });

  it.each([
    [JSON_PATCH, "[", "invalid JSON patch"],
    [MERGE, "{", "invalid JSON patch"],
    [MERGE, "", "invalid JSON patch"],
    [
      JSON_PATCH,
      "{}",
      "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
    ],
    [
      JSON_PATCH,
      '[{"op":1}]',
      "error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string",
    ],
    [MERGE, "[]", "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}"],
    [MERGE, "null", "Invalid JSON Patch"],
    [STRATEGIC, "[]", "json: cannot unmarshal array into Go value of type map[string]interface {}"],
  ])("answers 400 to a patch that cannot be read: %s %s", async (type, body, message) => {
    expectFailure(await patch(`${MAPS}/unreadable`, type, body), 400, "BadRequest", message);
  });

  it("tells of a missing object before it reads the patch, but of no JSON before", async () => {
    expect((await patch(`${MAPS}/missing`, JSON_PATCH, "{}")).status).toBe(404);
    expect((await patch(`${MAPS}/missing`, JSON_PATCH, "{")).status).toBe(400);
  });

  it("takes null for a patch that does nothing, as a JSON patch and a strategic merge patch", async () => {
    const made = await create(server, MAPS, { metadata: { name: "null" } });
    expect(objectOf(await patch(`${MAPS}/null`, JSON_PATCH, "null"))).toEqual(made);
    expect(objectOf(await patch(`${MAPS}/null`, STRATEGIC, "null"))).toEqual(made);
  });

  it("warns of members that the patch should not have, or refuses it under Strict", async () => {
    await create(server, MAPS, { metadata: { name: "strict" }, data: { a: "1" } });
    const path = `${MAPS}/strict`;
    const operations = '[{"op":"test","path":"/data/a","value":"1","why":"","op":"test"}]';
    const merge = '{"data":{"a":"1","a":"1"},"colour":"red"}';
    const warned = async (type: string, body: string) => (await patch(path, type, body)).headers.warning;
    expect(await warned(JSON_PATCH, operations)).toBe(
      '299 - "json patch unknown field \\"[0].why\\"", 299 - "json patch duplicate field \\"[0].op\\""',
    );
    expect(await warned(MERGE, merge)).toBe('299 - "duplicate field \\"data.a\\"", 299 - "unknown field \\"colour\\""');
    expect(await warned(STRATEGIC, merge)).toBe(await warned(MERGE, merge));
    const refused = async (type: string, body: string) =>
      (await patch(`${path}?fieldValidation=Strict`, type, body)).json<{ message: string; code: number }>();
    expect(await refused(JSON_PATCH, operations)).toMatchObject({
      code: 422,
      message: expect.stringMatching(
        /^ "" is invalid: patch: Invalid value: .*: strict decoding error: json patch unknown field "\[0\]\.why", json patch duplicate field "\[0\]\.op"$/,
      ),
    });
    expect(await refused(STRATEGIC, merge)).toMatchObject({
      code: 422,
      // the patch itself, as Go prints it
      message:
        ' "" is invalid: patch: Invalid value: "map[colour:red data:map[a:1]]": strict decoding error: ' +
        'duplicate field "data.a", unknown field "colour"',
    });
    expect((await patch(`${path}?fieldValidation=Ignore`, JSON_PATCH, operations)).headers.warning).toBeUndefined();
  });

  it("takes at most 10 000 operations", async () => {
    await create(server, MAPS, { metadata: { name: "many" }, data: { a: "1" } });
    const test = { op: "test", path: "/data/a", value: "1" };
    const most = Array.from({ length: 10_000 }, () => test);
    expect((await patch(`${MAPS}/many`, JSON_PATCH, most)).status).toBe(200);
    expectFailure(
      await patch(`${MAPS}/many`, JSON_PATCH, [...most, test]),
      413,
      "RequestEntityTooLarge",
      "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001",
    );
  });

  it.each(["application/json", "text/plain", "application/strategic-merge-patch+xml", ""])(
    "answers 415 to the media type %j",
    async (type) => {
      const response = await patch(`${MAPS}/unreadable`, type, "{}");
      expect(response.status).toBe(415);
      expect(response.json()).toMatchObject({
        reason: "UnsupportedMediaType",
        message: expect.stringMatching(
          /^the body of the request was in an unknown format - accepted media types include: .*application\/merge-patch\+json/,
        ),
      });
    },
  );

  it("writes nothing when nothing changes", async () => {
    const made = await create(server, MAPS, { metadata: { name: "same" }, data: { a: "1" } });
    expect(objectOf(await patch(`${MAPS}/same`, MERGE, { data: { a: "1", none: null } }))).toEqual(made);
    expect(objectOf(await patch(`${MAPS}/same`, JSON_PATCH, []))).toEqual(made);
  });

  it("applies all of many parallel patches", async () => {
    await create(server, MAPS, { metadata: { name: "parallel" } });
    const patches = Array.from({ length: 20 }, (_, index) =>
      patch(`${MAPS}/parallel`, MERGE, { data: { [`k${index}`]: "1" } }),
    );
    for (const answer of await Promise.all(patches)) expect(answer.status).toBe(200);
    const { data } = objectOf(await server.request(`${MAPS}/parallel`));
    expect(Object.keys(data ?? {})).toHaveLength(20);
  });

  it("refuses a stale resourceVersion in the patch", async () => {
    await create(server, MAPS, { metadata: { name: "stale" } });
    expectFailure(
      await patch(`${MAPS}/stale`, MERGE, { metadata: { resourceVersion: "1" }, data: { a: "1" } }),
      409,
      "Conflict",
      'Operation cannot be fulfilled on configmaps "stale": the object has been modified; please apply your changes to the latest version and try again',
      { name: "stale", kind: "configmaps" },
    );
  });

  it("does not create", async () => {
    expectFailure(await patch(`${MAPS}/missing`, MERGE, {}), 404, "NotFound", 'configmaps "missing" not found', {
      name: "missing",
      kind: "configmaps",
    });
  });

  it("keeps name, namespace and uid", async () => {
    await create(server, MAPS, { metadata: { name: "kept" } });
    expectFailure(
      await patch(`${MAPS}/kept`, MERGE, { metadata: { name: "other" } }),
      400,
      "BadRequest",
      "the name of the object (other) does not match the name on the URL (kept)",
    );
    expectFailure(
      await patch(`${MAPS}/kept`, MERGE, { metadata: { namespace: "other" } }),
      400,
      "BadRequest",
      "the namespace of the provided object does not match the namespace sent on the request",
    );
    const message = 'Invalid value: "other": field is immutable';
    expectFailure(
      await patch(`${MAPS}/kept`, MERGE, { metadata: { uid: "other" } }),
      422,
      "Invalid",
      `ConfigMap "kept" is invalid: metadata.uid: ${message}`,
      { name: "kept", kind: "ConfigMap", causes: [{ reason: "FieldValueInvalid", message, field: "metadata.uid" }] },
    );
  });

  it("patches the status at /status alone, and there nothing else", async () => {
    await create(server, ROLLOUTS, rollout("parts"));
    const body = { spec: { replicas: 7 }, status: { phase: "Healthy" } };
    const main = objectOf(await patch(`${ROLLOUTS}/parts`, MERGE, body));
    expect(main).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 7 }, status: { phase: "Pending" } });
    const status = objectOf(
      await patch(`${ROLLOUTS}/parts/status`, MERGE, { spec: { replicas: 9 }, status: { phase: "Healthy" } }),
    );
    expect(status).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 7 }, status: { phase: "Healthy" } });
  });

  it("validates the result", async () => {
    await create(server, ROLLOUTS, rollout("checked"));
    const message = "Invalid value: -1: spec.replicas in body should be greater than or equal to 0";
    expectFailure(
      await patch(`${ROLLOUTS}/checked`, MERGE, { spec: { replicas: -1 } }),
      422,
      "Invalid",
      `Rollout.delivery.example.com "checked" is invalid: spec.replicas: ${message}`,
      {
        name: "checked",
        group: "delivery.example.com",
        kind: "Rollout",
        causes: [{ reason: "FieldValueInvalid", message, field: "spec.replicas" }],
      },
    );
  });
});
