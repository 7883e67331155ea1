import { isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import type { Tree } from "../field-set/tree.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";
import { treeOfRest } from "../typed/fields-of.js";
import { withNamedFields } from "../typed/named-fields.js";
import { removeItems } from "../typed/remove-items.js";
import type { MergeVersions } from "./merge-versions.js";

/** An object with the version that it is in. */
export class VersionedObject {
  readonly #versions: MergeVersions;
  #fields: Tree | undefined;

  constructor(
    versions: MergeVersions,
    readonly value: JsonValue,
    readonly apiVersion: string,
    readonly schema: MergeSchema,
  ) {
    this.#versions = versions;
  }

  get object(): JsonObject {
    return isJsonObject(this.value) ? this.value : {};
  }

  /** The object in another version; undefined when that is not known any more. */
  in(apiVersion: string): VersionedObject | undefined {
    if (apiVersion === this.apiVersion) return this;
    const schema = this.#versions.schemaOf(apiVersion);
    if (schema === undefined) return undefined;
    const { object } = this;
    // An object that is not there yet has nothing to convert.
    const isEmpty = Object.keys(object).length === 0;
    const value = isEmpty ? object : this.#versions.convert(object, this.apiVersion, apiVersion);
    return new VersionedObject(this.#versions, value, apiVersion, schema);
  }

  /** The fields of the object, with declared fields on the way to them. */
  get fields(): Tree {
    this.#fields ??= this.named(treeOfRest(this.schema, this.value));
    return this.#fields;
  }

  /** A set of this version with the declared fields on the way to its members. */
  named(tree: Tree): Tree {
    return withNamedFields(this.schema, tree);
  }

  /** The object without these fields and items. */
  without(tree: Tree): VersionedObject {
    const value = removeItems(this.schema, this.value, tree);
    return value === this.value ? this : new VersionedObject(this.#versions, value, this.apiVersion, this.schema);
  }
}
