import type { ManagedFieldsEntry } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import { type FieldPath, FieldSet, type Manager } from "@quarterdeck/structured-merge";
import { splitPath } from "../json/nested-field.js";
import { managerKey, readManagerKey } from "./manager-name.js";
import { type Ownership, ownershipOrNone, writeOwnership } from "./ownership.js";

const SCALE_VERSION = "autoscaling/v1";
const REPLICAS: FieldPath = [{ field: "spec" }, { field: "replicas" }];

/** Where the versions of a kind keep the number of replicas, by apiVersion. */
type ReplicasPaths = ReadonlyMap<string, FieldPath>;

/** Who owns the number of replicas of an object is told of its Scale, and what its Scale says is told of it. */
export class ScaleFields {
  readonly #paths: ReplicasPaths;
  readonly #parent: Ownership;

  constructor(descriptor: ResourceDescriptor, entries: readonly ManagedFieldsEntry[] = []) {
    this.#paths = new Map(
      [...descriptor.versions.values()].flatMap(({ apiVersion, scale }) =>
        scale === undefined ? [] : [[apiVersion, splitPath(scale.spec).map((field) => ({ field }))] as const],
      ),
    );
    this.#parent = ownershipOrNone(entries);
  }

  /** The entries of the Scale: those that own the replicas of the object. */
  ofScale(): ManagedFieldsEntry[] | undefined {
    const managers = new Map<string, Manager>();
    const times = new Map<string, string>();
    for (const [key, { fields, apiVersion, applied }] of this.#parent.managers) {
      const path = this.#paths.get(apiVersion);
      if (path === undefined || !fields.has(path)) continue;
      managers.set(key, { fields: FieldSet.of(REPLICAS), apiVersion: SCALE_VERSION, applied });
      const time = this.#parent.times.get(key);
      if (time !== undefined) times.set(key, time);
    }
    return writeOwnership({ managers, times });
  }

  /** The entries of the object, in the given version, once its Scale has these. */
  ofObject(apiVersion: string, scaleEntries: readonly ManagedFieldsEntry[] = []): ManagedFieldsEntry[] | undefined {
    const scale = ownershipOrNone(scaleEntries);
    const owners = new Map([...scale.managers.keys()].map((key) => [unversioned(key), key]));
    const managers = new Map<string, Manager>();
    const times = new Map(this.#parent.times);
    for (const [key, manager] of this.#parent.managers) {
      const path = this.#paths.get(manager.apiVersion);
      if (path === undefined || !manager.fields.has(path) || owners.delete(unversioned(key))) {
        managers.set(key, manager);
        continue;
      }
      const fields = manager.fields.difference(FieldSet.of(path));
      if (!fields.isEmpty) managers.set(key, { ...manager, fields });
    }
    const path = this.#paths.get(apiVersion);
    for (const scaleKey of owners.values()) {
      if (path === undefined) break;
      const applied = scale.managers.get(scaleKey)?.applied ?? false;
      const name = readManagerKey(scaleKey);
      const key = managerKey({ ...name, apiVersion: name.operation === "Apply" ? "" : apiVersion });
      const fields = FieldSet.of(path).union(managers.get(key)?.fields ?? FieldSet.EMPTY);
      managers.set(key, { fields, apiVersion, applied });
      const time = scale.times.get(scaleKey);
      if (time !== undefined) times.set(key, time);
    }
    return writeOwnership({ managers, times });
  }
}

/** A manager whatever version it spoke: that of the Scale is not that of the object. */
function unversioned(key: string): string {
  return managerKey({ ...readManagerKey(key), apiVersion: "" });
}
