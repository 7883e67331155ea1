import { StatusError } from "@quarterdeck/meta";
import type { HookDescriptor } from "@quarterdeck/scheme";
import { describe, expect, it } from "vitest";
import { applyObject } from "./apply.js";
import { createObject } from "./create.js";
import { deleteObject } from "./delete.js";
import { deleteCollection } from "./delete-collection.js";
import { patchObject } from "./patch.js";
import { parseListQuery } from "./query/parse-list-query.js";
import { bodyOf, refusal, rollout, rollouts } from "./resource.fixture.js";
import { updateObject } from "./update.js";

/** Rollouts whose class writes down what it is told. */
function told(over: Partial<HookDescriptor> = {}, image: string | undefined = "begun") {
  const log: string[] = [];
  const fixture = rollouts({
    hooks: {
      begin: async (object, old, { operation }) => {
        log.push(`begin ${operation}${old === undefined ? "" : " of a stored one"}`);
        if (image !== undefined) object.spec = { replicas: 1, image };
        return { end: (stored) => void log.push(stored ? "stored" : "undone") };
      },
      prepareForCreate: (object) => void log.push(`prepare ${JSON.stringify(object.spec)}`),
      prepareForUpdate: () => void log.push("prepare"),
      validate: () => void log.push("validate"),
      afterDelete: async ({ metadata: { name } }) => void log.push(`gone ${name}`),
      ...over,
    },
  });
  return { ...fixture, log };
}

describe("what a class begins", () => {
  it("comes before the preparation, may change the object and is told that it was stored", async () => {
    const { resource, request, log } = told();
    const { object } = await createObject(resource, request(), bodyOf(rollout("x", { image: "a" })));
    expect(object.object).toMatchObject({ spec: { image: "begun" } });
    expect(log).toEqual(["begin CREATE", 'prepare {"replicas":1,"image":"begun"}', "validate", "stored"]);
  });

  it("is undone for an invalid object, a taken name and a dry run", async () => {
    const refused = told({ validate: (_object, errors) => errors.forbidden("spec", "no") });
    await refusal(() => createObject(refused.resource, refused.request(), bodyOf(rollout("x"))));
    expect(refused.log.at(-1)).toBe("undone");
    const { resource, request, log } = told();
    const create = (over = {}) => createObject(resource, request(over), bodyOf(rollout("x")));
    await create({ dryRun: true });
    expect(log.at(-1)).toBe("undone");
    await create();
    expect(log.at(-1)).toBe("stored");
    expect((await refusal(create)).reason).toBe("AlreadyExists");
    expect(log.at(-1)).toBe("undone");
  });

  it("is begun and ended anew when another writer was faster", async () => {
    const { resource, request, log, store } = told();
    await createObject(resource, request(), bodyOf(rollout("x")));
    log.length = 0;
    const patch = (image: string) => {
      const body = Buffer.from(JSON.stringify({ metadata: { labels: { image } } }));
      return patchObject(resource, request({ name: "x" }), { type: "application/merge-patch+json", body }, "");
    };
    store.interfere = () => patch("other");
    await patch("mine");
    const once = ["begin UPDATE of a stored one", "prepare", "validate"];
    expect(log).toEqual([...once, ...once, "stored", "undone", ...once, "stored"]);
  });

  it("has a word in a PUT and an apply that make the object, none in a write of the status", async () => {
    const { resource, request, log } = told();
    await applyObject(resource, request({ name: "x" }), bodyOf(rollout("x")), false, "");
    expect(log.filter((one) => one !== "validate")).toEqual([
      "begin CREATE",
      'prepare {"replicas":1,"image":"begun"}',
      "stored",
    ]);
    log.length = 0;
    const status = { ...rollout("x"), status: { replicas: 2 }, metadata: { name: "x", resourceVersion: "2" } };
    await updateObject(resource, request({ name: "x" }), bodyOf(status), "status");
    expect(log).toEqual(["validate"]);
  });

  it("that refuses ends the write, and one that stumbles over a misfit tells what is wrong with that", async () => {
    const refusing = told({ begin: () => Promise.reject(StatusError.badRequest("no address is left")) });
    const create = (fixture: ReturnType<typeof told>, spec = {}) =>
      refusal(() => createObject(fixture.resource, fixture.request(), bodyOf(rollout("x", spec))));
    expect((await create(refusing)).message).toBe("no address is left");
    expect(refusing.log).toEqual([]);
    const stumbling = told({ begin: () => Promise.reject(new TypeError("oops")) });
    expect((await create(stumbling, { replicas: -1 })).code).toBe(422);
    await expect(create(stumbling)).rejects.toThrow("oops");
  });
});

describe("what follows a delete", () => {
  it("runs once the object is gone, alone or with its collection, not on a dry run", async () => {
    const { resource, request, log } = told();
    for (const name of ["a", "b", "c"]) await createObject(resource, request(), bodyOf(rollout(name)));
    log.length = 0;
    await deleteObject(resource, request({ name: "a", dryRun: true }), {});
    expect(log).toEqual([]);
    await deleteObject(resource, request({ name: "a" }), {});
    expect(log).toEqual(["gone a"]);
    await deleteCollection(resource, request(), parseListQuery(""), {});
    expect(log.sort()).toEqual(["gone a", "gone b", "gone c"]);
  });

  it("waits for the update that takes the last finalizer away, whose own beginning is undone", async () => {
    const { resource, request, log } = told({}, undefined);
    const held = rollout("x", {}, { finalizers: ["example.com/held"] });
    await createObject(resource, request(), bodyOf(held));
    await deleteObject(resource, request({ name: "x" }), {});
    log.length = 0;
    const body = Buffer.from('{"metadata":{"finalizers":null}}');
    await patchObject(resource, request({ name: "x" }), { type: "application/merge-patch+json", body }, "");
    expect(log).toEqual(["begin UPDATE of a stored one", "prepare", "validate", "gone x", "undone"]);
  });
});
