import "reflect-metadata";

/**
 * Reads, changes and writes back what the decorators of one class have recorded under one key. Decorators only
 * record; the scheme compiles the records once at boot, and nothing reads them again.
 */
export function updateRecord<T>(owner: object, key: string, start: T, update: (before: T) => T): void {
  const before: T = Reflect.getOwnMetadata(key, owner) ?? start;
  Reflect.defineMetadata(key, update(before), owner);
}

/** The records of a class and of the classes it extends, base class first. */
export function inheritedRecords<T>(owner: object, key: string): T[] {
  const parent: unknown = Object.getPrototypeOf(owner);
  const above = typeof parent === "function" && parent !== Function.prototype ? inheritedRecords<T>(parent, key) : [];
  const own: T | undefined = Reflect.getOwnMetadata(key, owner);
  return own === undefined ? above : [...above, own];
}
