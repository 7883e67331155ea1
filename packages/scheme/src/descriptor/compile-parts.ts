import type { Constructor, PartVerb, ResourceOptions } from "@quarterdeck/sdk";
import { Place } from "../definition/place.js";
import type { VersionDescriptor } from "./resource-descriptor.js";
import { isLetterLabel } from "./resource-names.js";

const VERBS: readonly PartVerb[] = ["get", "update", "patch"];

/** The parts of a class with their verbs: each name once, none of them that of another subresource. */
export function compileParts(
  owner: Constructor,
  options: ResourceOptions,
  subresources: VersionDescriptor["subresources"],
): VersionDescriptor["parts"] {
  const parts = new Map<string, readonly PartVerb[]>();
  const place = new Place(owner.name, "parts");
  for (const one of options.parts ?? []) {
    const { name, verbs = VERBS } = typeof one === "string" ? { name: one } : one;
    if (!isLetterLabel(name)) throw place.mistake("the name must be a lowercase DNS label", name);
    if (parts.has(name) || subresources.has(name) || name === "status" || name === "scale")
      throw place.mistake("another subresource has this name", name);
    if (verbs.length === 0) throw place.mistake("a part needs a verb", name);
    for (const verb of verbs) if (!VERBS.includes(verb)) throw place.mistake("unknown verb", verb, VERBS);
    parts.set(name, Object.freeze([...verbs]));
  }
  return parts;
}
