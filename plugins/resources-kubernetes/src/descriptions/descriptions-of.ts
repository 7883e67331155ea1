import { APPS_V1 } from "./apps-v1.js";
import { CORE_V1 } from "./core-v1.js";
import { META_V1 } from "./meta-v1.js";
import type { TypeDescriptions } from "./type-descriptions.js";

const DESCRIPTIONS: ReadonlyMap<string, TypeDescriptions> = new Map([
  ["apps/v1", APPS_V1],
  ["core/v1", CORE_V1],
  ["meta/v1", META_V1],
]);

/** What is said of the types of a place in the facts, such as `apps/v1`; undefined where nothing is said. */
export function descriptionsOf(place: string): TypeDescriptions | undefined {
  return DESCRIPTIONS.get(place);
}
