import type { ServerDescription } from "@quarterdeck/kernel";
import { table } from "./table.js";

/** The filters in order, with where each was named, and what those that are idle or let everything pass wait for. */
export function describeChain({ chain }: ServerDescription): string {
  const rows = chain.map((filter, index) => [String(index + 1), filter.name, filter.source, stateOf(filter)]);
  return table([["", "FILTER", "NAMED AT", "STATE"], ...rows]);
}

function stateOf({ idle, passThrough }: ServerDescription["chain"][number]): string {
  if (idle !== undefined) return `idle: ${idle}`;
  return passThrough === undefined ? "active" : `pass-through: ${passThrough}`;
}
