import { isDeepStrictEqual } from "node:util";
import type { ResolvedConfig } from "../config/resolved-config.js";

/** The sections that are read once, at the start. */
const ONCE = [
  "server",
  "storage",
  "storageOverrides",
  "resources",
  "flowControl",
  "auditSinks",
  "filters",
  "runtimeConfig",
  "controllers",
  "logging",
] as const;

/** The sections in which a changed config differs from the one that the server was started with. */
export function needsRestart(started: ResolvedConfig, changed: ResolvedConfig): readonly string[] {
  const different = ONCE.filter((section) => !isDeepStrictEqual(started[section], changed[section]));
  const sections: string[] = different.map((section) => (section === "auditSinks" ? "audit.sinks" : section));
  // What is encrypted how may change at any time, but the layer over the storages is there from the start or not at all.
  if ((started.encryption === undefined) !== (changed.encryption === undefined)) sections.push("storage.encryption");
  return sections;
}
