import type { ResourceOptions } from "@quarterdeck/sdk";
import type { Place } from "../definition/place.js";
import { stabilityOf } from "./version-priority.js";

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LETTER_LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;

/** Verbs of a main resource. */
export const RESOURCE_VERBS = [
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
] as const;
const SCOPES: readonly string[] = ["Namespaced", "Cluster"];
const NAME_FORMATS: readonly string[] = ["subdomain", "label", "path-segment"];

/** The lowercase English plural as upstream guesses it: gateways aside, `-ies` for `-y`, `-es` for `-s -x -ch -sh`. */
export function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/.test(singular)) return `${singular}es`;
  if (singular.endsWith("y")) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}

/** True for a DNS label of RFC 1035: at most 63 of a-z, 0-9 and dashes, a letter first, no dash last. */
export function isLetterLabel(text: string): boolean {
  return text.length <= 63 && LETTER_LABEL.test(text);
}

function isGroup(group: string): boolean {
  return (
    group === "" || (group.length <= 253 && group.split(".").every((label) => label.length <= 63 && LABEL.test(label)))
  );
}

/** Checks the syntax of all names that `@Resource` was given. */
export function checkResourceOptions(options: ResourceOptions, place: Place): void {
  const { group, version, kind, listKind, scope, nameFormat, ttlSeconds } = options;
  if (typeof group !== "string" || !isGroup(group)) throw place.mistake("the group must be a DNS name or empty", group);
  if (typeof version !== "string" || stabilityOf(version) === undefined) {
    throw place.mistake("the version must look like v1, v1beta1 or v2alpha1", version);
  }
  if (typeof kind !== "string" || kind.length > 63 || !KIND.test(kind)) {
    throw place.mistake("the kind must be in CamelCase, such as Rollout", kind);
  }
  if (listKind !== undefined && !KIND.test(listKind))
    throw place.mistake("the listKind must be in CamelCase", listKind);
  for (const word of ["plural", "singular"] as const) {
    const name = options[word];
    if (name !== undefined && !isLetterLabel(name))
      throw place.mistake(`the ${word} must be a lowercase DNS label`, name);
  }
  for (const word of ["shortNames", "categories"] as const) {
    const bad = options[word]?.find((name) => !isLetterLabel(name));
    if (bad !== undefined) throw place.mistake(`${word} must be lowercase DNS labels`, bad);
  }
  if (scope !== undefined && !SCOPES.includes(scope)) throw place.mistake("unknown scope", scope, SCOPES);
  if (nameFormat !== undefined && !NAME_FORMATS.includes(nameFormat)) {
    throw place.mistake("unknown nameFormat", nameFormat, NAME_FORMATS);
  }
  if (ttlSeconds !== undefined && !(Number.isInteger(ttlSeconds) && ttlSeconds > 0)) {
    throw place.mistake("ttlSeconds must be a positive whole number", ttlSeconds);
  }
  for (const verb of options.withoutVerbs ?? []) {
    if (!RESOURCE_VERBS.some((known) => known === verb)) throw place.mistake("unknown verb", verb, RESOURCE_VERBS);
  }
}
