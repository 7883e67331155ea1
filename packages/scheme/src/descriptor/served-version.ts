import { formatApiVersion } from "@quarterdeck/meta";
import type { ResourceOptions } from "@quarterdeck/sdk";
import { stabilityOf } from "./version-priority.js";

/** Versions switched on or off: `group/version`, a whole `group`, `api/alpha`, `api/beta`, `api/ga` or `api/all`. */
export interface RuntimeConfig {
  readonly [groupVersion: string]: boolean;
}

/**
 * Says whether a version is served: never when its class says `served: false`; else as the most specific key of the
 * runtime config says; else as its class says; else all but alpha versions, which nobody gets by accident.
 */
export function isServed(options: ResourceOptions, runtimeConfig: RuntimeConfig): boolean {
  if (options.served === false) return false;
  const stability = stabilityOf(options.version) ?? "stable";
  const keys = [
    formatApiVersion(options),
    options.group,
    `api/${stability === "stable" ? "ga" : stability}`,
    "api/all",
  ];
  for (const key of keys) {
    const wanted = Object.hasOwn(runtimeConfig, key) ? runtimeConfig[key] : undefined;
    if (wanted !== undefined) return wanted;
  }
  return options.servedByDefault ?? stability !== "alpha";
}
