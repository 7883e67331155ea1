import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { FieldManager } from "./field-manager.js";
import { mergerOf, mergeSchemaOf } from "./merge-rules.js";

const MANAGERS = new WeakMap<VersionDescriptor, Map<string, FieldManager>>();

/** The field manager of a version of a kind, or of a subresource that is the object itself; made on first use. */
export function fieldManagerOf(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  subresource: string,
): FieldManager {
  let managers = MANAGERS.get(version);
  if (managers === undefined) {
    managers = new Map();
    MANAGERS.set(version, managers);
  }
  let manager = managers.get(subresource);
  if (manager === undefined) {
    const { apiVersion, kind, zeroFields } = version;
    const schema = mergeSchemaOf(version);
    const merger = mergerOf(descriptor, subresource);
    manager = new FieldManager({ apiVersion, kind, zeroFields, subresource, schema, merger });
    managers.set(subresource, manager);
  }
  return manager;
}
