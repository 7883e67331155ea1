import { resolve } from "node:path";
import type { ServerConfig } from "@quarterdeck/sdk";
import { ConfigError } from "./config-error.js";

/** The flags of the command line that override the config; texts as they were typed. */
export interface ConfigFlags {
  readonly config?: string | undefined;
  readonly bind?: string | undefined;
  readonly port?: string | undefined;
  readonly data?: string | undefined;
  readonly kubeconfig?: string | undefined;
}

/** One value from a flag or a variable, and what to call its source. */
export interface Override {
  readonly value: string | number;
  readonly origin: string;
  /** The flag or variable itself, for errors. */
  readonly source: string;
}

type OverridableKey = keyof ServerConfig & keyof ConfigFlags;

const KEYS: readonly OverridableKey[] = ["bind", "port", "data", "kubeconfig"];

function pick(flag: string | undefined, key: string, env: NodeJS.ProcessEnv): Override | undefined {
  if (flag !== undefined) return { value: flag, origin: `flag --${key}`, source: `--${key}` };
  const variable = `QUARTERDECK_${key.toUpperCase()}`;
  const value = env[variable];
  // An empty variable counts as unset, as shells and container runtimes make no difference.
  return value === undefined || value === "" ? undefined : { value, origin: variable, source: variable };
}

function port(override: Override): Override {
  const text = String(override.value);
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) {
    throw new ConfigError("a port is a whole number from 0 to 65535", { path: override.source, value: text });
  }
  return { ...override, value: Number(text) };
}

/** What flags and `QUARTERDECK_*` variables say about the `server` section; flags win, paths start from `cwd`. */
export function serverOverrides(
  flags: ConfigFlags,
  env: NodeJS.ProcessEnv,
  cwd: string,
): ReadonlyMap<OverridableKey, Override> {
  const found = new Map<OverridableKey, Override>();
  for (const key of KEYS) {
    const override = pick(flags[key], key, env);
    if (override === undefined) continue;
    if (override.value === "") throw new ConfigError("a value is missing", { path: override.source, value: "" });
    if (key === "port") found.set(key, port(override));
    else if (key === "bind") found.set(key, override);
    else found.set(key, { ...override, value: resolve(cwd, String(override.value)) });
  }
  return found;
}

/** The config file that `--config` or `QUARTERDECK_CONFIG` names, absolute. */
export function configFileOverride(flags: ConfigFlags, env: NodeJS.ProcessEnv, cwd: string): string | undefined {
  const override = pick(flags.config, "config", env);
  return override === undefined ? undefined : resolve(cwd, String(override.value));
}
