import { Quantity } from "@quarterdeck/meta";
import type { ResourceList } from "../types/core-v1.js";

/** True when two lists have as much of the same resources, however the quantities are written. */
export function sameResources(left: ResourceList = {}, right: ResourceList = {}): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const [mine, other] = [left[name], Object.hasOwn(right, name) ? right[name] : undefined];
    if (mine === undefined || other === undefined) return false;
    return mine === other || Quantity.parse(mine).compare(Quantity.parse(other)) === 0;
  });
}
