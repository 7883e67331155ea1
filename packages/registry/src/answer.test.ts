import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { answerObject } from "./answer.js";
import { createObject } from "./create.js";
import { bodyOf, configMaps, refusal, rollout, rollouts } from "./resource.fixture.js";
import { updateObject } from "./update.js";

describe("answerObject", () => {
  it("answers what the class makes of the request, without a name and without a store", async () => {
    const seen: unknown[] = [];
    const { resource, request, store } = rollouts({
      hooks: {
        answer: async (object, { user, dryRun }) => {
          seen.push(user.name, dryRun);
          return { ...object, status: { replicas: 7 } };
        },
      },
    });
    const body = { apiVersion: "delivery.example.com/v1", kind: "Rollout", spec: { image: "a" } };
    const answered = await answerObject(resource, request(), bodyOf(body));
    if ("status" in answered) throw new Error("a Status was answered");
    const { object, created } = answered;
    expect(created).toBe(true);
    expect(object.object).toEqual({
      kind: "Rollout",
      apiVersion: "delivery.example.com/v1",
      metadata: expect.anything(),
      spec: { replicas: 1, image: "a" },
      status: { replicas: 7 },
    });
    expect(JSON.parse(object.bytes.toString())).toEqual(object.object);
    expect(seen).toEqual(["alice", false]);
    expect(store.writes).toBe(0);
  });

  it("lets a class answer a Status, as for a Binding", async () => {
    const status = { kind: "Status", apiVersion: "v1", status: "Success" };
    const { resource, request } = rollouts({ hooks: { answer: async () => status } });
    expect(await answerObject(resource, request(), bodyOf(rollout("x")))).toEqual({ status });
  });

  it("passes admission, then validation: 403 and 422 without an answer", async () => {
    let answers = 0;
    const hooks = {
      answer: async () => {
        answers += 1;
        return {};
      },
    };
    const denying = rollouts({ hooks }, [{ mutate: () => Promise.reject(StatusError.badRequest("no")) }]);
    const refused = () => answerObject(denying.resource, denying.request(), bodyOf(rollout("x")));
    expect((await refusal(refused)).code).toBe(400);
    const { resource, request } = rollouts({ hooks });
    const invalid = () => answerObject(resource, request(), bodyOf(rollout("x", { replicas: -1 })));
    expect((await refusal(invalid)).code).toBe(422);
    expect(answers).toBe(0);
  });
});

describe("the hook that says who may write what", () => {
  const refuse = (name: string) => ({
    hooks: {
      authorize: async (object: { metadata: { name?: string } }, old: object | undefined) => {
        if (object.metadata.name !== name) return;
        throw StatusError.forbidden({ group: "g", resource: "rollouts" }, name, old === undefined ? "new" : "changed");
      },
    },
  });

  it("refuses a create before anything is stored", async () => {
    const { resource, request, store } = rollouts(refuse("x"));
    const error = await refusal(() => createObject(resource, request(), bodyOf(rollout("x"))));
    expect([error.code, error.message]).toEqual([403, 'rollouts.g "x" is forbidden: new']);
    expect(store.writes).toBe(0);
    expect((await createObject(resource, request(), bodyOf(rollout("y")))).created).toBe(true);
  });

  it("is shown the stored object of an update, also of the status", async () => {
    const free = rollouts();
    await createObject(free.resource, free.request(), bodyOf(rollout("x")));
    const held = rollouts(refuse("x"));
    const resource = { ...held.resource, store: free.store };
    for (const part of ["", "status"] as const) {
      const update = () => updateObject(resource, held.request({ name: "x" }), bodyOf(rollout("x")), part);
      expect((await refusal(update)).message).toContain("changed");
    }
  });

  it("costs nothing when a class has none", async () => {
    const { resource, request } = configMaps();
    expect((await createObject(resource, request(), bodyOf({ metadata: { name: "a" } }))).created).toBe(true);
  });
});
