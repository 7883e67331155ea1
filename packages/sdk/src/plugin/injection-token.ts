import type { Constructor } from "./constructor.js";

/** Marks a class that stands for something the kernel provides, so that two installed copies of it mean the same. */
export const INJECTION_TOKEN: unique symbol = Symbol.for("quarterdeck.sdk/InjectionToken");

/** A class that a plugin's constructor may name: one of the provided ones, or the plugin's own options class. */
export type InjectionToken = Constructor | (abstract new (...parameters: never[]) => object);

/** What a class stands for (`logger`, `client`, `served-resources`), undefined when it is not one of the provided ones. */
export function injectionTokenName(value: unknown): string | undefined {
  if (typeof value !== "function") return undefined;
  const name: unknown = Reflect.get(value, INJECTION_TOKEN);
  return typeof name === "string" ? name : undefined;
}
