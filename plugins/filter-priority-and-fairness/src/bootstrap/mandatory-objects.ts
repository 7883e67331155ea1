import type { KubeObject } from "@quarterdeck/meta";
import { flowSchema, priorityLevel } from "./bootstrap-objects.js";
import { EVERY_REQUEST, EVERYBODY, groups } from "./policy-rules.js";

/** The priority levels without which there is no flow control; when they are missing, the server imagines them. */
export const MANDATORY_LEVELS: readonly KubeObject[] = [
  priorityLevel("catch-all", {
    type: "Limited",
    limited: { nominalConcurrencyShares: 5, lendablePercent: 0, limitResponse: { type: "Reject" } },
  }),
  priorityLevel("exempt", { type: "Exempt", exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 } }),
];

/** The flow schemas that let admins in whatever happens, and leave no request without a level. */
export const MANDATORY_SCHEMAS: readonly KubeObject[] = [
  flowSchema("exempt", "exempt", 1, undefined, { subjects: groups("system:masters"), ...EVERY_REQUEST }),
  flowSchema("catch-all", "catch-all", 10_000, "ByUser", { subjects: EVERYBODY, ...EVERY_REQUEST }),
];
