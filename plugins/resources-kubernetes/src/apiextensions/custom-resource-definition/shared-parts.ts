import { sameJson } from "../../checks/same-json.js";
import type { CustomResourceDefinitionVersion } from "../../types/apiextensions-v1.js";

type Part = "schema" | "subresources" | "additionalPrinterColumns" | "selectableFields";

/** A definition as upstream checks it: what all versions have alike belongs to all of them at once, and is checked once. */
export interface SharedParts {
  /** The value that all versions have; undefined when they differ or have none. */
  of<P extends Part>(part: P): CustomResourceDefinitionVersion[P] | undefined;
}

/** What the versions of a definition have in common; upstream's conversion of v1 moves it to the spec. */
export function sharedParts(versions: readonly CustomResourceDefinitionVersion[]): SharedParts {
  const [first, ...others] = versions;
  return {
    of: (part) => (others.every((version) => sameJson(version[part], first?.[part])) ? first?.[part] : undefined),
  };
}
