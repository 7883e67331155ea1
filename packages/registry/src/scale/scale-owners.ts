import type { KubeObject, ManagedFieldsEntry } from "@quarterdeck/meta";
import type { ScaleOptions } from "@quarterdeck/sdk";
import { compileMergeSchema, Merger } from "@quarterdeck/structured-merge";
import { FieldManager } from "../managed-fields/field-manager.js";
import type { ManagedWrite } from "../managed-fields/managed-write.js";
import { ScaleFields } from "../managed-fields/scale-fields.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { SCALE_KIND, SCALE_SCHEMA, scaleOf } from "./scale-object.js";

const API_VERSION = "autoscaling/v1";

function makeManager(): FieldManager {
  const schema = compileMergeSchema(SCALE_SCHEMA);
  const merger = new Merger({
    schemaOf: (apiVersion) => (apiVersion === API_VERSION ? schema : undefined),
    convert: (object) => object,
    ignoredIn: () => undefined,
  });
  const { kind } = SCALE_KIND;
  return new FieldManager({ apiVersion: API_VERSION, kind, zeroFields: {}, subresource: "scale", schema, merger });
}

let manager: FieldManager | undefined;

/** The field manager of all scales; made on first use. */
export function scaleManager(): FieldManager {
  manager ??= makeManager();
  return manager;
}

/** The Scale of an object, with those who own its number of replicas. */
export function ownedScale(fields: ScaleFields, object: KubeObject, options: ScaleOptions): KubeObject {
  const scale = scaleOf(object, options);
  const entries = fields.ofScale();
  if (entries !== undefined) scale.metadata.managedFields = entries;
  return scale;
}

/** Who owns what of an object once its Scale has the given replicas. */
export function ownersAfterScale(
  { descriptor }: RegistryResource,
  { version }: WriteRequest,
  old: KubeObject,
  options: ScaleOptions,
  replicas: number,
  write: ManagedWrite,
): ManagedFieldsEntry[] | undefined {
  const fields = new ScaleFields(descriptor, old.metadata.managedFields);
  const next: KubeObject = { ...scaleOf(old, options), spec: { replicas } };
  scaleManager().update(ownedScale(fields, old, options), next, write);
  return fields.ofObject(version.apiVersion, next.metadata.managedFields);
}
