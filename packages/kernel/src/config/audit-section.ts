import { resolve } from "node:path";
import { isJsonObject } from "@quarterdeck/meta";
import { nearest } from "@quarterdeck/scheme";
import { ConfigError } from "./config-error.js";
import { type Place, pluginReferences } from "./plugin-reference.js";
import type { NamedReference, ResolvedAuditPolicy } from "./resolved-config.js";

/** The `audit` section: what is recorded, and where. */
export interface AuditSection {
  readonly policy: ResolvedAuditPolicy | undefined;
  readonly sinks: readonly NamedReference[];
}

const KEYS = ["policy", "sinks"];
const NOTHING: AuditSection = Object.freeze({ policy: undefined, sinks: Object.freeze([]) });

function policyOf(value: unknown, { path, origin }: Place, directory: string): ResolvedAuditPolicy {
  if (typeof value === "string" && value !== "")
    return Object.freeze({ path, origin, file: resolve(directory, value) });
  if (isJsonObject(value)) return Object.freeze({ path, origin, content: value });
  throw new ConfigError("must be a file or a policy", { path, value, file: origin });
}

/** Reads the `audit` section. One key without the other is refused: it would look as if something were recorded. */
export function auditSection(value: unknown, place: Place, directory: string): AuditSection {
  if (value === undefined) return NOTHING;
  const { path, origin: file } = place;
  if (!isJsonObject(value)) throw new ConfigError("must be an object", { path, value, file });
  for (const key of Object.keys(value)) {
    if (KEYS.includes(key)) continue;
    const mistake = { path: `${path}.${key}`, value: value[key], file, nearest: nearest(key, KEYS) };
    throw new ConfigError(`unknown key "${key}"`, mistake);
  }
  const sinks =
    value.sinks === undefined ? NOTHING.sinks : pluginReferences(value.sinks, { ...place, path: `${path}.sinks` });
  const policy =
    value.policy === undefined ? undefined : policyOf(value.policy, { ...place, path: `${path}.policy` }, directory);
  if (policy === undefined && sinks.length > 0)
    throw new ConfigError("needs audit.policy beside it", { path: `${path}.sinks`, value: value.sinks, file });
  if (policy !== undefined && sinks.length === 0)
    throw new ConfigError("needs audit.sinks beside it", { path: `${path}.policy`, value: value.policy, file });
  return Object.freeze({ policy, sinks });
}
