/** True when two values have the same JSON, whatever the order of members; a member that is undefined is none. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const mine = defined(left);
  const others = new Map(defined(right));
  return (
    mine.length === others.size && mine.every(([key, value]) => others.has(key) && sameJson(value, others.get(key)))
  );
}

function defined(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}
