import { Quantity, quoteText } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

/** The warnings about amounts of which there are only whole ones, as bytes. */
export function fractionWarnings(
  list: core.ResourceList | undefined,
  resources: readonly string[],
  path: string,
): string[] {
  const warnings: string[] = [];
  for (const resource of resources) {
    const value = list?.[resource];
    if (value === undefined || Quantity.parse(value).isWhole) continue;
    warnings.push(`${path}[${resource}]: fractional byte value ${quoteText(value)} is invalid, must be an integer`);
  }
  return warnings;
}
