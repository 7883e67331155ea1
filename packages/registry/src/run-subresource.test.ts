import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import type { SubresourceDescriptor } from "@quarterdeck/scheme";
import type { Admission, SubresourceContext } from "@quarterdeck/sdk";
import { deny } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { fixtureNormaliser } from "./normaliser.fixture.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, refusal, rollout, rollouts } from "./resource.fixture.js";
import { runSubresource } from "./run-subresource.js";
import { updateObject } from "./update.js";

type Run = (
  object: KubeObject,
  input: JsonObject,
  context: SubresourceContext,
) => { store: KubeObject } | { answer: JsonObject };

const RESTART: Run = (object, input) => {
  object.metadata.annotations = { restarted: String(input.reason ?? "") };
  object.spec = { ...Object(object.spec), image: "restarted" };
  return { store: object };
};

async function withSubresource(
  run: Run,
  over: Partial<SubresourceDescriptor> = {},
  admission: Admission[] = [],
): Promise<Fixture> {
  const restart: SubresourceDescriptor = {
    name: "restart",
    verbs: ["create", "get", "update"],
    inputKind: "RestartRequest",
    inputVersion: undefined,
    inputSchema: undefined,
    inputNormaliser: fixtureNormaliser({
      reason: { type: "string", default: "none" },
      weight: { type: "integer", minimum: 0 },
    }),
    run: async (...all) => run(...all),
    ...over,
  };
  const fixture = rollouts({ subresources: new Map([["restart", restart]]) }, admission);
  await createObject(fixture.resource, fixture.request(), bodyOf(rollout("x", { image: "a" })));
  return fixture;
}

function call(fixture: Fixture, verb: "create" | "get" | "update" = "create", input?: JsonObject, over = {}) {
  const body = input === undefined ? undefined : bodyOf(input);
  return runSubresource(fixture.resource, fixture.request({ name: "x", ...over }), "restart", verb, body);
}

describe("runSubresource", () => {
  it("stores the object that the method changed", async () => {
    const fixture = await withSubresource(RESTART);
    const result = await call(fixture, "create", { kind: "RestartRequest", reason: "new image" });
    if (!("object" in result)) throw new Error("no object");
    expect(result.object.object.object).toMatchObject({
      metadata: { annotations: { restarted: "new image" }, generation: 2, resourceVersion: "3" },
      spec: { image: "restarted" },
    });
  });

  it("takes an input for the namespace of the path alone", async () => {
    const fixture = await withSubresource(RESTART);
    await call(fixture, "create", { metadata: { namespace: "demo" } });
    expect((await refusal(() => call(fixture, "create", { metadata: { namespace: "other" } }))).message).toBe(
      "the namespace of the provided object does not match the namespace sent on the request",
    );
  });

  it("counts no generation for the observed state", async () => {
    const fixture = await withSubresource((object) => ({ store: { ...object, status: { replicas: 3 } } }));
    const result = await call(fixture);
    expect(result).toMatchObject({
      object: { object: { object: { metadata: { generation: 1 }, status: { replicas: 3 } } } },
    });
  });

  it("stores what a direct method made as it stands, and tells of the success alone", async () => {
    const invalid: Run = (object) => {
      object.spec = { replicas: -1 };
      return { store: object };
    };
    const fixture = await withSubresource(invalid, { direct: true });
    expect(await call(fixture)).toEqual({
      answer: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" },
    });
    expect(fixture.store.peekAll("demo")[0]?.object).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: -1 },
    });
  });

  it("answers anything else without a write", async () => {
    const fixture = await withSubresource((_object, input, context) => ({
      answer: { input, verb: context.verb, user: context.user.name },
    }));
    expect(await call(fixture)).toEqual({ answer: { input: { reason: "none" }, verb: "create", user: "alice" } });
    expect(fixture.store.writes).toBe(1);
  });

  it("never stores on GET, and asks no plugin", async () => {
    const fixture = await withSubresource(RESTART, {}, [
      { validate: ({ subresource }) => (subresource === "" ? undefined : deny("no")) },
    ]);
    const result = await call(fixture, "get");
    expect(result).toMatchObject({ answer: { spec: { image: "restarted" } } });
    expect(fixture.store.writes).toBe(1);
  });

  it("runs again on what a faster writer left", async () => {
    const fixture = await withSubresource(RESTART);
    fixture.store.interfere = () =>
      updateObject(
        fixture.resource,
        fixture.request({ name: "x" }),
        bodyOf(rollout("x", { replicas: 9 }, { resourceVersion: "2" })),
        "",
      );
    const result = await call(fixture);
    expect(result).toMatchObject({ object: { object: { object: { spec: { replicas: 9, image: "restarted" } } } } });
  });

  it("checks the input against its class", async () => {
    const fixture = await withSubresource(RESTART);
    expect((await refusal(() => call(fixture, "create", { reason: 3 }))).status).toMatchObject({
      code: 400,
      message: expect.stringMatching(/^RestartRequest in version "v1" cannot be handled as a RestartRequest: reason: /),
    });
    expect((await refusal(() => call(fixture, "create", { weight: -1 }))).status).toMatchObject({
      code: 422,
      details: { kind: "RestartRequest", causes: [{ field: "weight" }] },
    });
    expect((await refusal(() => call(fixture, "create", { foo: 1 }, { fieldValidation: "Strict" }))).message).toContain(
      'unknown field "foo"',
    );
    await call(fixture, "create", { foo: 1 });
    expect(fixture.warnings).toEqual(['unknown field "foo"']);
  });

  it("checks the object that comes out", async () => {
    const fixture = await withSubresource((object) => ({ store: { ...object, spec: { replicas: -1 } } }));
    expect((await refusal(() => call(fixture))).code).toBe(422);
    expect(fixture.store.writes).toBe(1);
  });

  it("passes admission with the input under the subresource's name", async () => {
    const seen: unknown[] = [];
    const plugin: Admission = {
      mutate: (attributes) => {
        if (attributes.subresource === "" || attributes.object === undefined) return;
        seen.push([
          attributes.operation,
          attributes.subresource,
          attributes.kind.kind,
          attributes.object.reason,
          attributes.oldObject?.kind,
        ]);
        attributes.object.reason = "mutated";
      },
      validate: ({ subresource, object }) =>
        subresource !== "" && object?.reason !== "mutated" ? deny("no") : undefined,
    };
    const fixture = await withSubresource(RESTART, {}, [plugin]);
    const created = await call(fixture, "create", { reason: "a" });
    expect(created).toMatchObject({
      object: { object: { object: { metadata: { annotations: { restarted: "mutated" } } } } },
    });
    await call(fixture, "update", { reason: "b" });
    expect(seen).toEqual([
      ["CREATE", "restart", "RestartRequest", "a", undefined],
      ["UPDATE", "restart", "RestartRequest", "b", "Rollout"],
    ]);
  });

  it("stores nothing that admission denies, nor on a dry run", async () => {
    const denied = await withSubresource(RESTART, {}, [
      { validate: ({ subresource }) => (subresource === "" ? undefined : deny("no")) },
    ]);
    expect((await refusal(() => call(denied))).message).toBe('rollouts.delivery.example.com "x" is forbidden: no');
    expect(denied.store.writes).toBe(1);
    const dry = await withSubresource(RESTART);
    await call(dry, "create", undefined, { dryRun: true });
    expect(dry.store.writes).toBe(1);
  });

  it("is 409 for a PUT that names another state than the stored one", async () => {
    const fixture = await withSubresource(RESTART);
    const metadata = { resourceVersion: "1" };
    expect((await refusal(() => call(fixture, "update", { metadata }))).code).toBe(409);
    expect(await call(fixture, "update", { metadata: { resourceVersion: "2" } })).toHaveProperty("object");
    expect(await call(fixture, "update", { metadata: {} })).toHaveProperty("object");
  });

  it("is 404 when unknown or without an object, 405 for another verb", async () => {
    const fixture = await withSubresource(RESTART, { verbs: ["create"] });
    expect(
      (
        await refusal(() =>
          runSubresource(fixture.resource, fixture.request({ name: "x" }), "stop", "create", undefined),
        )
      ).code,
    ).toBe(404);
    expect((await refusal(() => call(fixture, "get"))).code).toBe(405);
    expect((await refusal(() => call(fixture, "create", undefined, { name: "y" }))).code).toBe(404);
  });
});
