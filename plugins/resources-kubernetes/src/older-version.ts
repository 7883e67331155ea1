import { type ApiObject, type Constructor } from "@quarterdeck/sdk";
import { Native, nativeOptions } from "./native.js";

/** How a version differs from the stored one, and how long upstream has it. */
interface OlderVersionOptions {
  readonly version: string;
  /** The release that deprecates it, such as `1.36`. */
  readonly deprecatedIn?: string;
  /** The release that has it no more. */
  readonly removedIn?: string;
  /** The version that the warning names instead. */
  readonly replacedBy?: string;
  /** The place in the facts where the version is not in that of its own name. */
  readonly facts?: string;
}

/** What clients of a deprecated version are told, in upstream's words. */
function deprecation(
  group: string,
  kind: string,
  { version, deprecatedIn, removedIn, replacedBy }: OlderVersionOptions,
): string | undefined {
  if (deprecatedIn === undefined) return undefined;
  const removed = removedIn === undefined ? "" : `, unavailable in v${removedIn}+`;
  const instead = replacedBy === undefined ? "" : `; use ${group}/${replacedBy} ${kind}`;
  return `${group}/${version} ${kind} is deprecated in v${deprecatedIn}+${removed}${instead}`;
}

function stays(this: object): object {
  return { ...this };
}

function copied(stored: object): object {
  return { ...stored };
}

/**
 * Declares a class as another version of the kind whose stored version is the class that it extends: it behaves as that, and is
 * served only when the config's `runtimeConfig` switches it on. Fields are carried over as they are unless the class converts
 * them itself.
 */
export function OlderVersion(options: OlderVersionOptions): (owner: Constructor<ApiObject>) => void {
  return (owner) => {
    const stored: unknown = Object.getPrototypeOf(owner);
    const base = typeof stored === "function" ? nativeOptions(stored) : undefined;
    if (base === undefined) throw new TypeError(`${owner.name} extends no native kind`);
    const { storage: _storage, facts: _facts, ...shared } = base;
    const { version, facts } = options;
    const deprecated = deprecation(base.group, base.kind, options);
    Native({
      ...shared,
      version,
      servedByDefault: false,
      ...(facts === undefined ? {} : { facts }),
      ...(deprecated === undefined ? {} : { deprecated }),
    })(owner);
    if (!("convertTo" in owner.prototype)) define(owner.prototype, "convertTo", stays);
    if (!("convertFrom" in owner)) define(owner, "convertFrom", copied);
  };
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
