import type { FieldErrors } from "@quarterdeck/meta";

/** Looks at each item of a list that is not too long; of one that is it says that alone. Upstream's `validateSlice`. */
export function checkList<T>(
  list: readonly T[] | null | undefined,
  most: number,
  path: string,
  errors: FieldErrors,
  check: (item: T, path: string) => void,
): boolean {
  const items = list ?? [];
  if (items.length > most) {
    errors.tooMany(path, items.length, most);
    return false;
  }
  for (const [index, item] of items.entries()) check(item, `${path}[${index}]`);
  return true;
}

/** The same of a list that has nothing twice, told apart by what `key` gives; upstream's `validateSet`. */
export function checkSet<T>(
  list: readonly T[] | null | undefined,
  most: number,
  path: string,
  errors: FieldErrors,
  check: (item: T, path: string) => void,
  key: (item: T) => string,
): void {
  if (!checkList(list, most, path, errors, check)) return;
  const seen = new Set<string>();
  for (const [index, item] of (list ?? []).entries()) {
    const name = key(item);
    if (seen.has(name)) errors.duplicate(`${path}[${index}]`, name);
    seen.add(name);
  }
}
