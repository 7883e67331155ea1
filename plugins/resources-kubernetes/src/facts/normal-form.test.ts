import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const CORE = "/api/v1/namespaces/default";
const ROLES = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";
const REVISIONS = "/apis/apps/v1/namespaces/default/controllerrevisions";

describe("what becomes of native objects", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  const send = async (method: string, path: string, fields: JsonObject): Promise<JsonObject> => {
    const answer = await server.request(path, { method, body: { metadata: { name: "a" }, ...fields } });
    return answer.json();
  };
  const create = (path: string, fields: JsonObject): Promise<JsonObject> => send("POST", `${path}?dryRun=All`, fields);
  const owned = (fields: JsonObject): JsonObject => ({ metadata: { managedFields: [{ fieldsV1: fields }] } });

  it("makes lists that are empty null when they are stored, and lets who sent them own them", async () => {
    const made = await send("POST", ROLES, { rules: [] });
    expect(made).toMatchObject({ rules: null, ...owned({ "f:rules": {} }) });
    const again = await send("PUT", `${ROLES}/a`, { rules: [] });
    expect(again).toEqual(made);
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      `${CORE}/configmaps`,
      { data: { y: null }, binaryData: { x: null } },
      {
        data: { y: "" },
        binaryData: { x: "" },
        ...owned({ "f:data": { ".": {}, "f:y": {} }, "f:binaryData": { ".": {}, "f:x": {} } }),
      },
    ],
    [`${CORE}/secrets`, { data: { x: null } }, { data: { x: "" } }],
    [`${CORE}/resourcequotas`, { spec: { hard: { pods: null } } }, { spec: { hard: { pods: "0" } } }],
    [
      `${CORE}/limitranges`,
      { spec: { limits: [{ type: "Container", default: { cpu: null } }] } },
      { spec: { limits: [{ type: "Container", default: { cpu: "0" }, defaultRequest: { cpu: "0" } }] } },
    ],
  ])("takes null in maps of %s for the zero value", async (path, fields, expected) => {
    expect(await create(path, fields)).toMatchObject(expected);
  });

  it("keeps what is in a raw extension as it is, and has it owned as a whole", async () => {
    const data = { b: { x: null }, a: [1] };
    const made = await create(REVISIONS, { revision: 1, data });
    expect(JSON.stringify(made.data)).toBe(JSON.stringify(data));
    expect(made).toMatchObject(owned({ "f:data": {}, "f:revision": {} }));
  });

  it.each<JsonValue>([5, "x", []])("tells in the kind's own words of a raw extension that is %j", async (data) => {
    const answer = await create(REVISIONS, { revision: 1, data });
    expect(answer).toMatchObject({
      code: 422,
      message: 'ControllerRevision.apps "a" is invalid: data: Required value: data must be a valid JSON object',
    });
  });
});
