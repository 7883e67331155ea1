import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { count, part, parts, text } from "./json-parts.js";

/** What a FlowSchema says, as the filter uses it. */
export interface SchemaSettings {
  readonly name: string;
  /** Empty for one that does not exist as an object. */
  readonly uid: string;
  readonly level: string;
  readonly precedence: number;
  /** ByUser, ByNamespace, or empty: all requests are one flow. */
  readonly distinguisher: string;
  readonly rules: readonly JsonObject[];
}

/** Reads a flow schema. */
export function schemaSettings(object: KubeObject): SchemaSettings {
  const { name = "", uid = "" } = object.metadata;
  const spec = part(object, "spec");
  return {
    name,
    uid,
    level: text(part(spec, "priorityLevelConfiguration"), "name"),
    precedence: count(spec, "matchingPrecedence", 1000),
    distinguisher: text(part(spec, "distinguisherMethod"), "type"),
    rules: parts(spec, "rules"),
  };
}

/** The order in which schemas are tried: by precedence, then by name. */
export function bySchemaOrder(left: SchemaSettings, right: SchemaSettings): number {
  if (left.precedence !== right.precedence) return left.precedence - right.precedence;
  return left.name < right.name ? -1 : 1;
}
