import type { KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import type { HorizontalPodAutoscaler } from "../types/autoscaling-v2.js";
import { targetsCell } from "./targets-cell.js";

type AutoscalerForm = Pick<HorizontalPodAutoscaler, "spec" | "status">;

/** The columns of autoscalers but the name and the age; `form` gives an object the form that v2 has it in. */
export function autoscalerColumns(form: (object: KubeObject) => AutoscalerForm): {
  readonly [name in "reference" | "targets" | "minPods" | "maxPods" | "replicas"]: ColumnOptions;
} {
  return {
    reference: {
      name: "Reference",
      type: "string",
      description: "What is scaled",
      value: (object) => {
        const { kind, name } = form(object).spec.scaleTargetRef;
        return `${kind}/${name}`;
      },
    },
    targets: {
      name: "Targets",
      type: "string",
      description: "The metrics, as they are and as they should be",
      value: (object) => targetsCell(form(object)),
    },
    minPods: {
      name: "MinPods",
      type: "string",
      description: "The fewest replicas",
      value: (object) => String(form(object).spec.minReplicas ?? "<unset>"),
    },
    maxPods: {
      name: "MaxPods",
      type: "string",
      description: "The most replicas",
      value: (object) => form(object).spec.maxReplicas,
    },
    replicas: {
      name: "Replicas",
      type: "string",
      description: "How many there are",
      value: (object) => form(object).status.currentReplicas ?? 0,
    },
  };
}
