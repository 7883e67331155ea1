import { FieldErrors } from "@quarterdeck/meta";
import type { HookContext, Services, SubresourceContext } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { Rollout } from "./rollout.js";
import type { RolloutSpec } from "./rollout-spec.js";
import { RolloutV1Beta1 } from "./rollout-v1beta1.js";

/** The server makes no objects by `new`, but a test may. */
function rollout(spec: Partial<RolloutSpec> = {}): Rollout {
  const defaults = { replicas: 1, maxReplicas: 100, image: "web:1", strategy: "Canary", paused: false };
  return Object.assign(new Rollout(), { metadata: { name: "web" }, spec: { ...defaults, ...spec } });
}

const ann = { name: "ann", groups: [] };
const none: Services = { provide() {}, find: () => undefined };

function context(warnings: string[] = []): HookContext {
  return { operation: "UPDATE", dryRun: false, user: ann, services: none, warn: (text) => warnings.push(text) };
}

function problems(object: Rollout, warnings: string[] = []): string[] {
  const errors = new FieldErrors();
  object.validate(errors, context(warnings));
  return errors.list.map(({ field, message }) => `${field}: ${message}`);
}

describe("Rollout, by hand", () => {
  it("goes in one step when nobody says otherwise", () => {
    const object = rollout();
    object.default();
    expect(object.spec.steps).toEqual([{ name: "all", weight: 100 }]);
    const own = rollout({ steps: [{ name: "own", weight: 100 }] });
    own.default();
    expect(own.spec.steps).toEqual([{ name: "own", weight: 100 }]);
  });

  it("begins pending", () => {
    const object = rollout();
    object.status = { phase: "Healthy" };
    object.prepareForCreate();
    expect(object.status).toEqual({ phase: "Pending" });
  });

  it("must reach everything, and warns of moving tags", () => {
    const warnings: string[] = [];
    const steps = [
      { name: "a", weight: 10 },
      { name: "b", weight: 50 },
    ];
    expect(problems(rollout({ steps, image: "web:latest" }), warnings)).toEqual([
      "spec.steps[1].weight: Invalid value: 50: the last step must reach 100",
    ]);
    expect(warnings).toEqual(["spec.image: a fixed tag makes a rollout repeatable"]);
    expect(problems(rollout({ steps: [{ name: "a", weight: 100 }] }))).toEqual([]);
  });

  it("keeps its strategy", () => {
    const errors = new FieldErrors();
    rollout({ strategy: "BlueGreen" }).validateUpdate(rollout(), errors);
    expect(errors.list.map(({ field }) => field)).toEqual(["spec.strategy"]);
  });

  it("notes who restarts it, when and why", () => {
    const user = { name: "ann", groups: [] };
    const asked: SubresourceContext = { ...context(), verb: "create", user, metadata: {}, annotate() {} };
    const { metadata, spec } = rollout().restart({ reason: "new secret" }, asked);
    expect(metadata.annotations).toEqual({
      "delivery.example.com/restarted-by": "ann",
      "delivery.example.com/restart-reason": "new secret",
    });
    expect(spec.restartedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(rollout().restart({}, asked).metadata.annotations).toEqual({ "delivery.example.com/restarted-by": "ann" });
  });
});

describe("v1beta1, by hand", () => {
  it("carries all of v1 there and back", () => {
    const stored = rollout({ steps: [{ name: "a", weight: 100 }], env: { A: "b" }, extensions: { x: [1] } });
    const older = Object.assign(new RolloutV1Beta1(), RolloutV1Beta1.convertFrom(stored));
    expect(older.spec).toEqual({ copies: 1, image: "web:1", paused: false });
    older.spec.copies = 5;
    expect(older.convertTo()).toEqual({
      metadata: { name: "web", annotations: {} },
      spec: { ...stored.spec, replicas: 5 },
    });
  });
});
