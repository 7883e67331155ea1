import type { JsonObject, KubeObject, ManagedFieldsEntry } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import {
  checkStructure,
  FieldSet,
  MergeConflictError,
  type Merger,
  type MergeSchema,
} from "@quarterdeck/structured-merge";
import { appliedObject, printedKind } from "./applied-object.js";
import { applyConflict } from "./apply-conflict.js";
import { capUpdates } from "./cap-updates.js";
import { fieldsLastApplied, KUBECTL } from "./last-applied.js";
import type { ManagedWrite } from "./managed-write.js";
import { type ManagerName, managerKey } from "./manager-name.js";
import { ownedView } from "./owned-view.js";
import {
  ManagedFieldsError,
  NO_OWNERSHIP,
  type Ownership,
  ownershipOrNone,
  readOwnership,
  writeOwnership,
} from "./ownership.js";

/** Stands in for the writer until it is known whether it changed anything. */
const SELF = "current-operation";
/** How many sets are kept to be shared. */
const SHARED = 8;
const BEFORE_FIRST_APPLY = "before-first-apply";

const metadata = (field: string) => [{ field: "metadata" }, { field }] as const;

/** What the server alone writes, and what says what an object is. */
const STRIPPED = FieldSet.of(
  [{ field: "apiVersion" }],
  [{ field: "kind" }],
  [{ field: "metadata" }],
  metadata("name"),
  metadata("namespace"),
  metadata("creationTimestamp"),
  metadata("selfLink"),
  metadata("uid"),
  metadata("generation"),
  metadata("managedFields"),
  metadata("resourceVersion"),
);

/** What a field manager is for: writes of one part of one version of a kind. */
export interface ManagedPart {
  readonly apiVersion: string;
  readonly kind: string;
  /** What is there before the first write, and so comes to be nobody's by it: `VersionDescriptor.zeroFields`. */
  readonly zeroFields: JsonObject;
  /** Empty for the object itself. */
  readonly subresource: string;
  readonly schema: MergeSchema;
  readonly merger: Merger;
}

type Entries = readonly ManagedFieldsEntry[];

/** What an apply made of an object; the fields are to be read as those of its kind again. */
export interface Applied {
  readonly object: JsonObject;
  readonly managedFields: ManagedFieldsEntry[] | undefined;
}

/**
 * Keeps `metadata.managedFields`: who owns which fields of an object (KEP-555). Follows upstream's chain of managers:
 * what the server writes itself is nobody's, updates of a manager gather in one entry for each version and part, the
 * oldest of more than ten are merged, and an object whose entries somebody took away is not tracked again before it is
 * applied.
 */
export class FieldManager {
  readonly #made: FieldSet[] = [];

  constructor(private readonly part: ManagedPart) {}

  /**
   * Sets the `managedFields` of an object that is to replace `live`, or to be created. Entries that a client sends
   * along replace those there are, `[]` and `[{}]` take all away; what is malformed is left out.
   */
  update(live: KubeObject | undefined, next: KubeObject, write: ManagedWrite): void {
    const standing = live?.metadata.managedFields;
    const given = this.#given(standing, next.metadata.managedFields);
    const before = given ?? ownershipOrNone(standing);
    delete next.metadata.managedFields;
    if (before.managers.size === 0 && live?.metadata.uid !== undefined) return;
    const after = this.#updated(live === undefined ? this.#nothing() : ownedView(live), ownedView(next), before, write);
    const entries = given === undefined && after === before ? live?.metadata.managedFields : writeOwnership(after);
    if (entries !== undefined) next.metadata.managedFields = entries;
  }

  /**
   * Merges what a manager wants into `live`, or makes an object of it. 409 Conflict when it would change what others own,
   * unless `force` takes it from them; 400 for another kind or version, 500 for fields that the schema has not or that
   * are there twice, as upstream has it.
   */
  apply(live: KubeObject | undefined, config: JsonObject, write: ManagedWrite, force: boolean): Applied {
    const { part } = this;
    checkKind(part, config);
    const before = this.#tracked(live, write);
    const wrong = checkStructure(part.schema, config);
    if (wrong.length > 0) throw malformed(part, config, wrong);
    try {
      return this.#applied(live, config, before, write, force);
    } catch (error) {
      if (!(error instanceof MergeConflictError)) throw error;
      const conflicts =
        write.manager === KUBECTL && live !== undefined ? this.#unexpected(live, error) : error.conflicts;
      if (conflicts.length > 0) throw applyConflict(conflicts);
      return this.#applied(live, config, before, write, true);
    }
  }

  /** What a client says who owns what; undefined when it leaves that as it stands, or says nothing that can be read. */
  #given(standing: Entries | undefined, sent: Entries | undefined): Ownership | undefined {
    if (this.part.subresource !== "" || sent === undefined || sent === standing) return undefined;
    if (isReset(sent)) return NO_OWNERSHIP;
    const given = ownershipOrNone(sent);
    return given.managers.size === 0 ? undefined : given;
  }

  #nothing(): JsonObject {
    const { apiVersion, kind, zeroFields } = this.part;
    return { apiVersion, kind, metadata: {}, ...zeroFields };
  }

  #key(manager: string, operation: ManagerName["operation"]): string {
    const { subresource } = this.part;
    const apiVersion = operation === "Apply" ? "" : this.part.apiVersion;
    return managerKey({ manager: manager === "" ? "unknown" : manager, operation, apiVersion, subresource });
  }

  /** The ownership after an update; the very same one when nothing in it changes. */
  #updated(live: JsonObject, next: JsonObject, before: Ownership, { manager, time }: ManagedWrite): Ownership {
    const { merger, apiVersion } = this.part;
    const managers = new Map(merger.update(live, next, apiVersion, before.managers, SELF));
    const own = managers.get(SELF);
    managers.delete(SELF);
    const fields = this.#shared(own?.fields.difference(STRIPPED) ?? FieldSet.EMPTY);
    if (fields.isEmpty) {
      return sameManagers(managers, before.managers) ? before : { managers, times: before.times };
    }
    const key = this.#key(manager, "Update");
    const earlier = managers.get(key);
    const all = earlier === undefined ? fields : fields.union(earlier.fields);
    managers.set(key, { fields: all, apiVersion, applied: false });
    return capUpdates({ managers, times: new Map(before.times).set(key, time) });
  }

  /** A set that was made lately, if it is the same: objects that look alike, as most do, share theirs and its JSON. */
  #shared(fields: FieldSet): FieldSet {
    const known = this.#made.find((one) => one.equals(fields));
    if (known !== undefined) return known;
    if (this.#made.unshift(fields) > SHARED) this.#made.pop();
    return fields;
  }

  /** The ownership of what stands there; what nobody has ever been recorded for belongs to `before-first-apply`. */
  #tracked(live: KubeObject | undefined, write: ManagedWrite): Ownership {
    if (live === undefined) return NO_OWNERSHIP;
    let before: Ownership;
    try {
      before = readOwnership(live.metadata.managedFields ?? []);
    } catch (error) {
      if (!(error instanceof ManagedFieldsError)) throw error;
      throw StatusError.of(500, undefined, `failed to decode managed fields: ${error.message}`);
    }
    if (before.managers.size > 0) return before;
    return this.#updated(this.#nothing(), ownedView(live), before, { ...write, manager: BEFORE_FIRST_APPLY });
  }

  #applied(
    live: KubeObject | undefined,
    config: JsonObject,
    before: Ownership,
    { manager, time }: ManagedWrite,
    force: boolean,
  ): Applied {
    const { merger, apiVersion } = this.part;
    const key = this.#key(manager, "Apply");
    const standing = live === undefined ? this.#nothing() : ownedView(live);
    const merged = merger.apply(standing, config, apiVersion, before.managers, key, force);
    const managers = new Map(merged.managers);
    const own = managers.get(key);
    if (own !== undefined) {
      const fields = own.fields.difference(STRIPPED);
      if (fields.isEmpty) managers.delete(key);
      else if (!fields.equals(own.fields)) managers.set(key, { ...own, fields });
    }
    const times = merged.object === undefined ? before.times : new Map(before.times).set(key, time);
    return { object: merged.object ?? standing, managedFields: writeOwnership({ managers, times }) };
  }

  /** The conflicts that are not explained by what the same client applied without the server's help. */
  #unexpected(live: KubeObject, { conflicts }: MergeConflictError): MergeConflictError["conflicts"] {
    const { schema, apiVersion } = this.part;
    const mine = fieldsLastApplied(schema, apiVersion, live);
    return mine === undefined ? conflicts : conflicts.filter(({ path }) => !mine.has(path));
  }
}

/** `[]` and `[{}]`: the way to say that nobody owns anything. */
function isReset(entries: Entries): boolean {
  const [first, second] = entries;
  return first === undefined || (second === undefined && Object.keys(first).length === 0);
}

function sameManagers(one: Ownership["managers"], other: Ownership["managers"]): boolean {
  if (one.size !== other.size) return false;
  for (const [key, { fields }] of one) {
    const before = other.get(key)?.fields;
    if (before === undefined || (before !== fields && !before.equals(fields))) return false;
  }
  return true;
}

function text(config: JsonObject, key: string): string {
  const value = Object.hasOwn(config, key) ? config[key] : undefined;
  return typeof value === "string" ? value : "";
}

function checkKind({ apiVersion, kind }: ManagedPart, config: JsonObject): void {
  const said = { apiVersion: text(config, "apiVersion"), kind: text(config, "kind") };
  if (said.apiVersion !== apiVersion || said.kind !== kind) {
    throw StatusError.badRequest(`invalid object type: ${printedKind(said.apiVersion, said.kind)}`);
  }
  const { managedFields = null } = Object(config.metadata);
  if (managedFields !== null) throw StatusError.badRequest("metadata.managedFields must be nil");
}

function malformed(part: ManagedPart, config: JsonObject, wrong: readonly string[]): StatusError {
  const what = wrong.length === 1 ? wrong[0] : ["errors:", ...wrong.map((one) => `  ${one}`)].join("\n");
  return StatusError.of(
    500,
    undefined,
    `failed to create typed patch object (${appliedObject(part, config)}): ${what}`,
  );
}
