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
const FLAVOURS: readonly string[] = ["typed", "custom"];
const COLLECTIONS: readonly string[] = ["background", "orphan", "unsupported"];
const NAME_FORMATS: readonly string[] = ["subdomain", "label", "path-segment"];

/** True for a DNS label of RFC 1035: at most 63 of a-z, 0-9 and dashes, a letter first, no dash last. */
export function isLetterLabel(text: string): boolean {
  return text.length <= 63 && LETTER_LABEL.test(text);
}

/** True for a name in CamelCase, of letters and digits. */
export function isKind(text: string): boolean {
  return text.length <= 63 && KIND.test(text);
}

function isGroup(group: string): boolean {
  return (
    group === "" || (group.length <= 253 && group.split(".").every((label) => label.length <= 63 && LABEL.test(label)))
  );
}

function checkCoordinates({ group, version, kind, listKind }: ResourceOptions, place: Place): void {
  if (typeof group !== "string" || !isGroup(group)) throw place.mistake("the group must be a DNS name or empty", group);
  if (typeof version !== "string" || stabilityOf(version) === undefined) {
    throw place.mistake("the version must look like v1, v1beta1 or v2alpha1", version);
  }
  if (typeof kind !== "string" || !isKind(kind)) {
    throw place.mistake("the kind must be in CamelCase, such as Rollout", kind);
  }
  if (listKind !== undefined && !KIND.test(listKind)) throw place.mistake("the listKind is not in CamelCase", listKind);
}

function checkPathNames(options: ResourceOptions, place: Place): void {
  for (const word of ["plural", "singular"] as const) {
    const name = options[word];
    if (name === undefined || isLetterLabel(name)) continue;
    throw place.mistake(`the ${word} must be a lowercase DNS label`, name);
  }
  for (const word of ["shortNames", "categories"] as const) {
    const bad = options[word]?.find((name) => !isLetterLabel(name));
    if (bad !== undefined) throw place.mistake(`${word} must be lowercase DNS labels`, bad);
  }
}

/** Checks the syntax of all names that `@Resource` was given, and the words that it knows. */
export function checkResourceOptions(options: ResourceOptions, place: Place): void {
  const { scope, nameFormat, flavour, garbageCollection, ttlSeconds, withoutVerbs = [] } = options;
  checkCoordinates(options, place);
  checkPathNames(options, place);
  const words = {
    scope: [scope, SCOPES],
    nameFormat: [nameFormat, NAME_FORMATS],
    flavour: [flavour, FLAVOURS],
    garbageCollection: [garbageCollection, COLLECTIONS],
  } as const;
  for (const [word, [value, known]] of Object.entries(words)) {
    if (value !== undefined && !known.includes(value)) throw place.mistake(`unknown ${word}`, value, known);
  }
  if (ttlSeconds !== undefined && !(Number.isInteger(ttlSeconds) && ttlSeconds > 0)) {
    throw place.mistake("ttlSeconds must be a positive whole number", ttlSeconds);
  }
  const known: readonly string[] = RESOURCE_VERBS;
  const stranger = withoutVerbs.find((verb) => !known.includes(verb));
  if (stranger !== undefined) throw place.mistake("unknown verb", stranger, known);
}
