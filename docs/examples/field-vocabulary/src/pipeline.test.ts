import { fileURLToPath } from "node:url";
import { startTestServer, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../apiserver.config.js";

const PIPELINES = "/apis/build.example.com/v1/namespaces/default/pipelines";
const SOURCE = { url: "https://example.com/app.git" };
const TASKS = [{ name: "compile", run: { image: "node:20" } }];
const OBJECT = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } };

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ config, directory: fileURLToPath(new URL("..", import.meta.url)) });
});
afterAll(() => server.stop());

function post(spec: object, query = "?dryRun=All"): Promise<TestResponse> {
  const body = { metadata: { generateName: "a-" }, spec: { source: SOURCE, tasks: TASKS, ...spec } };
  return server.request(`${PIPELINES}${query}`, { method: "POST", body });
}

describe("what the server fills in", () => {
  it("defaults of scalars, null, lists and objects, to any depth", async () => {
    const made = await post({});
    expect(made.status).toBe(201);
    expect(made.json()).toMatchObject({
      spec: {
        source: { ...SOURCE, revision: "main" },
        tasks: [{ name: "compile", stage: "build", run: { image: "node:20" } }],
        limits: { cpus: 2, memory: 1024 },
        notification: { channel: "builds", events: ["failed"] },
        workers: 2,
        paused: false,
        retries: "25%",
      },
    });
  });

  it("keeps a null that means something", async () => {
    expect((await post({ timeout: null })).json()).toMatchObject({ spec: { timeout: null } });
    expect((await post({})).text()).not.toContain("timeout");
  });

  it("leaves out what it does not know, but not where anything may be", async () => {
    const spec = { unknown: 1, settings: { any: [1, "two", null] }, followUp: { ...OBJECT, spec: { replicas: 2 } } };
    const made = (await post(spec)).json<{ spec: object }>();
    expect(made.spec).not.toHaveProperty("unknown");
    expect(made.spec).toMatchObject({ settings: spec.settings, followUp: spec.followUp });
  });
});

describe("what it takes", () => {
  it.each([
    ["a number or a text", { retries: 3 }],
    ["a number of which another is a multiple", { workers: 64 }],
    ["two tasks of one name in two stages", { tasks: [...TASKS, { ...TASKS[0], stage: "test" }] }],
    ["a script in place of an image", { tasks: [{ name: "a", run: { script: "make" } }] }],
    ["a plain value where anything may be", { settings: 7 }],
    ["sources by folder", { extraSources: { lib: { url: "https://example.com/lib.git", revision: "v1" } } }],
  ])("%s", async (_what, spec) => {
    const answer = await post(spec);
    expect(answer.text()).toContain('"uid"');
    expect(answer.status).toBe(201);
  });
});

describe("what it refuses", () => {
  it.each([
    ["required", { source: {} }, "spec.source.url", "Required value"],
    ["minItems", { tasks: [] }, "spec.tasks", "should have at least 1 items"],
    ["maxItems", { tasks: Array.from({ length: 51 }, (_, at) => ({ name: `a-${at}` })) }, "spec.tasks", "Too many"],
    ["listType map", { tasks: [...TASKS, ...TASKS] }, "spec.tasks[1]", "Duplicate value"],
    ["listType set", { machines: ["a", "b", "a"] }, "spec.machines[2]", "Duplicate value"],
    ["maximum", { workers: 66 }, "spec.workers", "should be less than or equal to 64"],
    ["multipleOf", { workers: 3 }, "spec.workers", "should be a multiple of 2"],
    ["exclusiveMinimum", { load: 0 }, "spec.load", "should be greater than 0"],
    ["exclusiveMaximum", { load: 1 }, "spec.load", "should be less than 1"],
    ["intOrString, as a text", { retries: "many" }, "spec.retries", "should match"],
    ["intOrString, as a number", { retries: 0 }, "spec.retries", "should be greater than or equal to 1"],
    ["anyOf", { notification: { events: [] } }, "", '"spec.notification" must validate at least one schema (anyOf)'],
    [
      "oneOf",
      { tasks: [{ name: "a", run: {} }] },
      "",
      '"spec.tasks[0].run" must validate one and only one schema (oneOf)',
    ],
    ["allOf", { tasks: [{ name: "a", run: { script: "" } }] }, "spec.tasks[0].run.script", "at least 1 chars long"],
    [
      "not",
      { source: { ...SOURCE, revision: "a..b" } },
      "",
      '"spec.source.revision" must not validate the schema (not)',
    ],
    ["pattern", { tasks: [{ name: "a", run: { image: "A B" } }] }, "spec.tasks[0].run.image", "should match"],
    ["enum", { tasks: [{ name: "a", stage: "deploy" }] }, "spec.tasks[0].stage", "Unsupported value"],
    ["enum of items", { notification: { events: ["late"] } }, "spec.notification.events[0]", "Unsupported value"],
    ["maxLength", { notification: { channel: "x".repeat(81) } }, "spec.notification.channel", "Too long"],
    ["minProperties", { variables: {} }, "spec.variables", "should have at least 1 properties"],
    ["embeddedResource", { followUp: { kind: "Deployment" } }, "spec.followUp.apiVersion", "Required value"],
    ["format uri", { source: { url: "no uri" } }, "spec.source.url", "must be of type uri"],
    ["format email", { notification: { email: "nobody" } }, "spec.notification.email", "must be of type email"],
    ["format duration", { timeout: "soon" }, "spec.timeout", "must be of type duration"],
    ["format date-time", { notBefore: "today" }, "spec.notBefore", "must be of type date-time"],
    ["format hostname", { machines: ["-"] }, "spec.machines[0]", "must be of type hostname"],
    ["format k8s-short-name", { tasks: [{ name: "A_b" }] }, "spec.tasks[0].name", "k8s-short-name"],
    ["items of a map", { extraSources: { lib: {} } }, "spec.extraSources.lib.url", "Required value"],
  ])("%s", async (_word, spec, field, message) => {
    const answer = (await post(spec)).json<{
      code: number;
      details?: { causes: { field: string; message: string }[] };
    }>();
    expect(answer).toMatchObject({ code: 422, reason: "Invalid" });
    const found = answer.details?.causes.map((cause) => `${cause.field}: ${cause.message}`) ?? [];
    // A choice between schemas has no field in upstream's errors: the message names it.
    expect(found.join("\n")).toContain(field === "" ? "<nil>: " : `${field}: `);
    expect(found.join("\n")).toContain(message);
  });
});

it("says the whole vocabulary in OpenAPI", async () => {
  const document = (await server.request("/openapi/v3/apis/build.example.com/v1")).text();
  for (const word of [
    "x-kubernetes-int-or-string",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-list-type",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-map-type",
    "x-kubernetes-validations",
    "exclusiveMinimum",
    "multipleOf",
    "nullable",
    "maxProperties",
    "oneOf",
  ])
    expect(document).toContain(`"${word}"`);
});
