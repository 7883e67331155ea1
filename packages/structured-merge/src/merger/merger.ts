import type { JsonObject } from "@quarterdeck/meta";
import { jsonEqual } from "@quarterdeck/scheme";
import { FieldSet } from "../field-set/field-set.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { type Comparison, compareObjects } from "../typed/compare-objects.js";
import { fieldsOf } from "../typed/fields-of.js";
import { mergeObjects } from "../typed/merge-values.js";
import { reconcileFields } from "../typed/reconcile-fields.js";
import type { Manager, Managers } from "./managers.js";
import { MergeConflictError } from "./merge-conflict-error.js";
import type { MergeVersions } from "./merge-versions.js";
import { prune } from "./prune.js";
import { VersionedObject } from "./versioned-object.js";

/** What an apply leads to. */
export interface Applied {
  /** The object after the apply; undefined when it is as it was. */
  readonly object: JsonObject | undefined;
  readonly managers: Managers;
}

/** Decides who owns which field of an object, and merges what is applied, as upstream's `merge.Updater`. */
export class Merger {
  readonly #versions: MergeVersions;

  constructor(versions: MergeVersions) {
    this.#versions = versions;
  }

  /**
   * Who owns what after a write that was no apply: the writer owns what it changed, and the others do not any more. `live`
   * is empty on create. Managers of versions that are not known any more are dropped.
   */
  update(live: JsonObject, next: JsonObject, apiVersion: string, managers: Managers, manager: string): Managers {
    const result = this.#reconcile(managers);
    const { added, modified, removed } = this.#takeOver(
      this.#versioned(live, apiVersion),
      this.#versioned(next, apiVersion),
      result,
      manager,
      true,
    );
    const before = result.get(manager);
    const owned = (before?.fields ?? FieldSet.EMPTY).difference(removed).union(modified).union(added);
    const fields = this.#withoutIgnored(owned, apiVersion);
    if (fields.isEmpty) result.delete(manager);
    else if (before?.fields !== fields || before.apiVersion !== apiVersion || before.applied) {
      result.set(manager, { fields, apiVersion, applied: false });
    }
    return result;
  }

  /**
   * Merges what a manager applies into the live object and removes what it applied before and no longer does. A field of
   * another manager with another value is a `MergeConflictError`, unless the apply is forced, which takes it over.
   */
  apply(
    live: JsonObject,
    config: JsonObject,
    apiVersion: string,
    managers: Managers,
    manager: string,
    force: boolean,
  ): Applied {
    const result = this.#reconcile(managers);
    const schema = this.#schemaOf(apiVersion);
    const before = this.#versioned(live, apiVersion);
    const { value, keptContent } = mergeObjects(schema, live, config);
    const merged = new VersionedObject(this.#versions, value, apiVersion, schema);
    const last = result.get(manager);
    const fields = this.#withoutIgnored(fieldsOf(schema, config), apiVersion);
    result.set(manager, { fields, apiVersion, applied: true });
    const after = prune(merged, result, manager, last, keptContent);
    this.#takeOver(before, after, result, manager, force);
    const { object } = after;
    return { object: object === live || jsonEqual(object, live) ? undefined : object, managers: result };
  }

  #schemaOf(apiVersion: string): MergeSchema {
    const schema = this.#versions.schemaOf(apiVersion);
    if (schema === undefined) throw new Error(`no schema of version ${apiVersion}`);
    return schema;
  }

  #versioned(object: JsonObject, apiVersion: string): VersionedObject {
    return new VersionedObject(this.#versions, object, apiVersion, this.#schemaOf(apiVersion));
  }

  #withoutIgnored(fields: FieldSet, apiVersion: string): FieldSet {
    const ignored = this.#versions.ignoredIn(apiVersion);
    return ignored === undefined ? fields : fields.recursiveDifference(ignored);
  }

  /** The managers of known versions, by what the schemas of these say now. */
  #reconcile(managers: Managers): Map<string, Manager> {
    const result = new Map<string, Manager>();
    for (const [name, manager] of managers) {
      const schema = this.#versions.schemaOf(manager.apiVersion);
      if (schema === undefined) continue;
      const fields = reconcileFields(schema, manager.fields);
      result.set(name, fields === manager.fields ? manager : { ...manager, fields });
    }
    return result;
  }

  #compare(before: VersionedObject, after: VersionedObject): Comparison {
    const compared = compareObjects(before.schema, before.object, after.object);
    const ignored = this.#versions.ignoredIn(before.apiVersion);
    if (ignored === undefined) return compared;
    return {
      added: compared.added.recursiveDifference(ignored),
      modified: compared.modified.recursiveDifference(ignored),
      removed: compared.removed.recursiveDifference(ignored),
    };
  }

  /** Takes from the other managers what a write changed and removed; answers with the comparison in its version. */
  #takeOver(
    before: VersionedObject,
    after: VersionedObject,
    managers: Map<string, Manager>,
    writer: string,
    force: boolean,
  ): Comparison {
    const compared = this.#compare(before, after);
    const comparisons = this.#compareInAll(before, after, managers, writer, compared);
    const conflicts = new Map<string, FieldSet>();
    for (const [name, { apiVersion, fields }] of managers) {
      const there = name === writer ? undefined : comparisons.get(apiVersion);
      const taken = there === undefined ? FieldSet.EMPTY : fields.intersection(there.modified.union(there.added));
      if (!taken.isEmpty) conflicts.set(name, taken);
    }
    if (!force && conflicts.size > 0) throw MergeConflictError.of(conflicts);
    for (const [name, manager] of managers) {
      const removed = name === writer ? undefined : comparisons.get(manager.apiVersion)?.removed;
      const taken = conflicts.get(name) ?? FieldSet.EMPTY;
      const fields = manager.fields.difference(taken).difference(removed ?? FieldSet.EMPTY);
      if (fields.isEmpty) managers.delete(name);
      else if (fields !== manager.fields) managers.set(name, { ...manager, fields });
    }
    return compared;
  }

  /** The comparison in the version of the write and in those of all managers. */
  #compareInAll(
    before: VersionedObject,
    after: VersionedObject,
    managers: Managers,
    writer: string,
    compared: Comparison,
  ): Map<string, Comparison> {
    const comparisons = new Map([[before.apiVersion, compared]]);
    for (const [name, { apiVersion }] of managers) {
      if (name === writer || comparisons.has(apiVersion)) continue;
      const [old, next] = [before.in(apiVersion), after.in(apiVersion)];
      if (old !== undefined && next !== undefined) comparisons.set(apiVersion, this.#compare(old, next));
    }
    return comparisons;
  }
}
