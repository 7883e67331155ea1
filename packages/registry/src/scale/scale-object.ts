import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import type { ScaleOptions } from "@quarterdeck/sdk";
import { nestedField, splitPath } from "../json/nested-field.js";

/** The kind of every `/scale`. */
export const SCALE_KIND = Object.freeze({ group: "autoscaling", version: "v1", kind: "Scale" });

const INT32: StructuralSchema = { type: "integer", format: "int32" };

/** The schema of every `/scale`. */
export const SCALE_SCHEMA: StructuralSchema = Object.freeze<StructuralSchema>({
  type: "object",
  properties: {
    spec: { type: "object", properties: { replicas: INT32 } },
    status: { type: "object", properties: { replicas: INT32, selector: { type: "string" } } },
  },
});

function integerAt(object: KubeObject, path: string): number | undefined {
  const value = nestedField(object, splitPath(path));
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

/** The replicas that an object asks for; undefined when it says nothing about them. */
export function replicasOf(object: KubeObject, options: ScaleOptions): number | undefined {
  return integerAt(object, options.spec);
}

function selectorOf(object: KubeObject, { selector }: ScaleOptions): string {
  if (selector === undefined) return "";
  if (typeof selector === "function") return selector(object);
  const text = nestedField(object, splitPath(selector));
  return typeof text === "string" ? text : "";
}

/** The `autoscaling/v1 Scale` view of an object; replicas that it does not say are 0. */
export function scaleOf(object: KubeObject, options: ScaleOptions): KubeObject {
  const metadata: ObjectMeta = {};
  for (const key of ["name", "namespace", "uid", "resourceVersion"] as const) {
    const value = object.metadata[key];
    if (value !== undefined) metadata[key] = value;
  }
  if (object.metadata.creationTimestamp !== undefined) metadata.creationTimestamp = object.metadata.creationTimestamp;
  const replicas = replicasOf(object, options) ?? 0;
  const selector = selectorOf(object, options);
  return {
    kind: SCALE_KIND.kind,
    apiVersion: "autoscaling/v1",
    metadata,
    // an absent number is left out of spec as upstream's encoder does, and always told in status
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: integerAt(object, options.status) ?? 0,
      ...(selector === "" ? {} : { selector }),
    },
  };
}
