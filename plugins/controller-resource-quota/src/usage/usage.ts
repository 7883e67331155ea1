import { type JsonObject, Quantity } from "@quarterdeck/meta";
import { quantityOf } from "./json.js";

/** How much there is of each resource, by the names that quotas have for them. */
export type Usage = Map<string, Quantity>;

/** The quantities of a list of resources. */
export function usageOf(list: JsonObject): Usage {
  const usage: Usage = new Map();
  for (const [name, value] of Object.entries(list)) {
    const quantity = quantityOf(value);
    if (quantity !== undefined) usage.set(name, quantity);
  }
  return usage;
}

/** Adds one usage to another. */
export function addUsage(to: Usage, more: ReadonlyMap<string, Quantity>): void {
  for (const [name, quantity] of more) to.set(name, to.get(name)?.add(quantity) ?? quantity);
}

/** Raises a usage to another where that is more. */
export function raiseUsage(to: Usage, other: ReadonlyMap<string, Quantity>): void {
  for (const [name, quantity] of other) {
    const before = to.get(name);
    if (before === undefined || before.compare(quantity) < 0) to.set(name, quantity);
  }
}

/** One of each name. */
export function oneOf(...names: readonly string[]): Usage {
  return new Map(names.map((name) => [name, Quantity.of(1)]));
}
