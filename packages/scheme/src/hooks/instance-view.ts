import { type JsonObject, setOwn } from "@quarterdeck/meta";
import type { Constructor } from "@quarterdeck/sdk";

/**
 * An object as the methods of its class see it: the same fields (shared, not copied) under the class's prototype.
 * The constructor does not run.
 */
export function viewAs<T extends object>(owner: Constructor<T>, object: object): T {
  const view: T = Object.create(owner.prototype);
  for (const key of Object.keys(object)) setOwn(view, key, Reflect.get(object, key));
  return view;
}

/** Makes the top-level fields of `object` those of `view` again, after a method has changed them. */
export function copyBack(view: object, object: object): void {
  for (const key of Object.keys(object)) if (!Object.hasOwn(view, key)) Reflect.deleteProperty(object, key);
  for (const key of Object.keys(view)) setOwn(object, key, Reflect.get(view, key));
}

/** The fields of a view as a plain object; undefined ones are left out. */
export function plainFields(view: object): JsonObject {
  const plain: JsonObject = {};
  for (const key of Object.keys(view)) {
    const value: unknown = Reflect.get(view, key);
    if (value !== undefined) setOwn(plain, key, value);
  }
  return plain;
}

/** A method of the class's prototype, inherited ones included. */
export function prototypeMethod(owner: Constructor, name: string): ((...input: never[]) => unknown) | undefined {
  const method: unknown = Reflect.get(owner.prototype, name);
  return isFunction(method) ? method : undefined;
}

function isFunction(value: unknown): value is (...input: never[]) => unknown {
  return typeof value === "function";
}
