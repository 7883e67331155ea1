const SHOWN = 3;

/** The first three of a list and how many more there are: `a,b,c + 2 more...`. */
export function listCell(list: readonly string[], empty: string): string {
  if (list.length > SHOWN) return `${list.slice(0, SHOWN).join(",")} + ${list.length - SHOWN} more...`;
  return list.length === 0 ? empty : list.join(",");
}

/** The addresses that a load balancer answers at, in order and each once; the empty string without any. */
export function loadBalancerCell(
  points: readonly { readonly ip?: string; readonly hostname?: string }[] | undefined,
): string {
  const names = (points ?? []).map(({ ip, hostname }) => ip || hostname || "").filter((name) => name !== "");
  return [...new Set(names)].sort().join(",");
}
