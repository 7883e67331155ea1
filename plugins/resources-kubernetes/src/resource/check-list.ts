import type { FieldErrors } from "@quarterdeck/meta";

type Items<T> = readonly T[] | null | undefined;

/** Looks at each item of a list that is not too long; of one that is it says that alone. Upstream's `validateSlice`. */
export function checkList<T>(
  list: Items<T>,
  most: number,
  path: string,
  errors: FieldErrors,
  check: (item: T, path: string) => void,
): boolean {
  if ((list?.length ?? 0) > most) {
    errors.tooMany(path, list?.length ?? 0, most);
    return false;
  }
  checkItems(list, most, path, check);
  return true;
}

/** The same of a list whose length is told of by what upstream declares. */
export function checkItems<T>(
  list: Items<T>,
  most: number,
  path: string,
  check: (item: T, path: string) => void,
): void {
  const items = list ?? [];
  if (items.length <= most) for (const [index, item] of items.entries()) check(item, `${path}[${index}]`);
}

/** Looks at each item, then for what is there twice, told apart by what `key` gives; upstream's `validateSet`. */
export function checkSet<T>(
  list: Items<T>,
  most: number,
  path: string,
  errors: FieldErrors,
  check: (item: T, path: string) => void,
  key: (item: T) => string,
): void {
  if (!checkList(list, most, path, errors, check)) return;
  for (const [index, name] of repeated(list ?? [], key)) errors.duplicate(`${path}[${index}]`, name);
}

/** What upstream declares of a list without equal items: its length, then what is there twice, then its items. */
export function checkDeclaredSet<T>(
  list: Items<T>,
  most: number,
  path: string,
  errors: FieldErrors,
  key: (item: T) => string,
  check: (item: T, path: string) => void = () => {},
): void {
  const items = list ?? [];
  if (items.length > most) {
    errors.tooMany(path, items.length, most);
    return;
  }
  for (const [index] of repeated(items, key)) errors.duplicate(`${path}[${index}]`, items[index]);
  checkItems(items, most, path, check);
}

function repeated<T>(items: readonly T[], key: (item: T) => string): [number, string][] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const name = key(item);
    const again = seen.has(name);
    seen.add(name);
    return again ? [[index, name]] : [];
  });
}
