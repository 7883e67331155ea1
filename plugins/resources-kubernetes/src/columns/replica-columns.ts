import type { ColumnOptions } from "@quarterdeck/sdk";
import { typedCell } from "./typed-cell.js";

interface Replicated {
  readonly spec: { readonly replicas?: number };
  readonly status: { readonly replicas: number; readonly readyReplicas?: number };
}

/** How many pods there are to be and are: the columns of kinds that keep a number of pods alive. */
export const REPLICA_COLUMNS = {
  desired: {
    name: "Desired",
    type: "integer",
    description: "How many pods there are to be",
    value: typedCell<Replicated>(({ spec }) => spec.replicas ?? 0),
  },
  current: {
    name: "Current",
    type: "integer",
    description: "How many pods there are",
    value: typedCell<Replicated>(({ status }) => status.replicas),
  },
  ready: {
    name: "Ready",
    type: "integer",
    description: "How many pods are ready",
    value: typedCell<Replicated>(({ status }) => status.readyReplicas ?? 0),
  },
} as const satisfies { readonly [column: string]: ColumnOptions };
