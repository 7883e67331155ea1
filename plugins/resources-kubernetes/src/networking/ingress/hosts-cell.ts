import type { IngressRule } from "../../types/networking-v1.js";

const SHOWN = 3;

/** The hosts of the first rules, as upstream counts them: how many more is told of rules, not of hosts. */
export function hostsCell(rules: readonly IngressRule[] | undefined): string {
  const hosts: string[] = [];
  let more = false;
  for (const { host = "" } of rules ?? []) {
    if (hosts.length === SHOWN) more = true;
    else if (host !== "") hosts.push(host);
  }
  if (hosts.length === 0) return "*";
  return more ? `${hosts.join(",")} + ${(rules ?? []).length - SHOWN} more...` : hosts.join(",");
}
