import type { ServerDescription } from "@quarterdeck/kernel";
import { table } from "./table.js";

/** The filters in order, with where each was named and what those that let everything pass will do. */
export function describeChain({ chain }: ServerDescription): string {
  const rows = chain.map(({ name, source, passThrough }, index) => {
    return [String(index + 1), name, source, passThrough === undefined ? "active" : `pass-through: ${passThrough}`];
  });
  return table([["", "FILTER", "NAMED AT", "STATE"], ...rows]);
}
