import type * as core from "../../types/core-v1.js";
import { defaultResourceList } from "../default-resource-list.js";

/** What `given` says, and what of `others` it leaves out; undefined when that is nothing. */
function filled(
  given: core.ResourceList | undefined,
  ...others: readonly (core.ResourceList | undefined)[]
): core.ResourceList | undefined {
  const all = new Map(Object.entries(given ?? {}));
  for (const other of others)
    for (const [name, value] of Object.entries(other ?? {})) if (!all.has(name)) all.set(name, value);
  return all.size === 0 ? given : Object.fromEntries(all);
}

/** A container that asks for nothing may have the most there is, and asks for what it may have; failing that, for the least. */
function defaultContainer(item: core.LimitRangeItem): void {
  const limits = filled(item.default, item.max);
  if (limits !== undefined) item.default = limits;
  const requests = filled(item.defaultRequest, limits, item.min);
  if (requests !== undefined) item.defaultRequest = requests;
}

/** The defaults of a limit range, as upstream's: quantities are rounded up to thousandths. */
export function defaultLimitRange(spec: core.LimitRangeSpec): void {
  for (const item of spec.limits ?? []) {
    if (item.type === "Container") defaultContainer(item);
    for (const list of [item.max, item.min, item.default, item.defaultRequest, item.maxLimitRequestRatio])
      defaultResourceList(list);
  }
}
