import { isDeepStrictEqual } from "node:util";
import type { ResolvedConfig } from "../config/resolved-config.js";

/** The sections that are read once, at the start. */
const ONCE = [
  "server",
  "storage",
  "storageOverrides",
  "resources",
  "flowControl",
  "filters",
  "runtimeConfig",
  "controllers",
  "logging",
] as const;

/** The sections in which a changed config differs from the one that the server was started with. */
export function needsRestart(started: ResolvedConfig, changed: ResolvedConfig): readonly string[] {
  return ONCE.filter((section) => !isDeepStrictEqual(started[section], changed[section]));
}
