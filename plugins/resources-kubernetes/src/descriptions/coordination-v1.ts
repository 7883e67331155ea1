import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of coordination.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const COORDINATION_V1: TypeDescriptions = {
  Lease: {
    "": "Lease says who does a piece of work that only one of several may do, and until when.",
    metadata: METADATA,
    spec: "Who holds it, and since when.",
  },
  LeaseSpec: {
    "": "LeaseSpec is who holds a lease, and since when.",
    holderIdentity: "Who holds it; empty when it was given up.",
    leaseDurationSeconds: "Seconds that others wait, from the last renewal that they have seen, before they take it.",
    acquireTime: "When its holder got it.",
    renewTime: "When its holder last renewed it.",
    leaseTransitions: "How often it has changed hands.",
    strategy: "How the next holder is chosen where elections are coordinated.",
    preferredHolder: "Who is to hold it next where elections are coordinated.",
  },
};
