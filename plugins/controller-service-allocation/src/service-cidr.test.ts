import type { KubeObject } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import { READY, TERMINATING, withReadiness } from "./service-cidr.js";

const NOW = new Date("2026-01-02T03:04:05.678Z");

function cidr(conditions?: object[]): KubeObject {
  const status = conditions === undefined ? {} : { conditions: JSON.parse(JSON.stringify(conditions)) };
  return { apiVersion: "networking.k8s.io/v1", kind: "ServiceCIDR", metadata: { name: "a" }, status };
}

it("says when it became ready, and no more while it is", () => {
  const ready = withReadiness(cidr(), READY, NOW);
  const condition = { type: "Ready", lastTransitionTime: "2026-01-02T03:04:05Z", ...READY };
  expect(ready?.status).toEqual({ conditions: [condition] });
  expect(withReadiness(cidr([condition]), READY, new Date())).toBeUndefined();
});

it("keeps other conditions, and the time while the state is the same", () => {
  const other = { type: "Other", status: "True" };
  const before = { type: "Ready", lastTransitionTime: "2025-01-01T00:00:00Z", ...READY, message: "other words" };
  expect(withReadiness(cidr([before, other]), READY, NOW)?.status).toEqual({
    conditions: [other, { ...before, message: READY.message }],
  });
  expect(withReadiness(cidr([before]), TERMINATING, NOW)?.status).toMatchObject({
    conditions: [{ status: "False", reason: "Terminating", lastTransitionTime: "2026-01-02T03:04:05Z" }],
  });
});
