import type { JsonObject } from "@quarterdeck/meta";
import type { FieldSet } from "../field-set/field-set.js";
import type { MergeSchema } from "../schema/compile-merge-schema.js";

/** What a merge asks of the versions of a resource. */
export interface MergeVersions {
  /** The schema of a version; undefined for a version that is not known any more. */
  schemaOf(apiVersion: string): MergeSchema | undefined;
  /** Converts an object, which is not changed; called for known versions alone, never from a version to itself. */
  convert(object: JsonObject, from: string, to: string): JsonObject;
  /** The fields that nobody may own through this request in a version; undefined for none. */
  ignoredIn(apiVersion: string): FieldSet | undefined;
}
