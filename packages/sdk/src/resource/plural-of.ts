/** The lowercase English plural as upstream guesses it: gateways aside, `-ies` for `-y`, `-es` for `-s -x -ch -sh`. */
export function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/.test(singular)) return `${singular}es`;
  if (singular.endsWith("y")) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}
