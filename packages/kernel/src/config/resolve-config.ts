import { join, resolve } from "node:path";
import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import { nearest } from "@quarterdeck/scheme";
import { auditSection } from "./audit-section.js";
import { chainEdits } from "./chain-edits.js";
import { checkOptions } from "./check-options.js";
import { ConfigError } from "./config-error.js";
import { type ConfigFile, readConfigFile } from "./config-file.js";
import { LoggingOptions } from "./logging-options.js";
import { type ConfigFlags, configFileOverride, type Override, serverOverrides } from "./overrides.js";
import { type Place, pluginReference, pluginReferences } from "./plugin-reference.js";
import type { ResolvedConfig, ResolvedServer } from "./resolved-config.js";
import { ServerOptions } from "./server-options.js";
import { storageSection } from "./storage-section.js";
import { tlsSettings } from "./tls-settings.js";

/** What a config that says nothing means. */
const DEFAULTS = {
  storage: "level",
  resources: ["kubernetes"],
  authentication: ["client-certificate", "service-account", "anonymous"],
  authorization: ["rbac"],
  admission: ["namespace-lifecycle"],
  flowControl: "priority-and-fairness",
  filters: [],
  runtimeConfig: {},
  controllers: [
    "namespace",
    "garbage-collector",
    "clusterrole-aggregation",
    "resource-quota",
    "event-ttl",
    "kubernetes-service",
    "service-allocation",
  ],
} as const;

const SECTIONS = ["server", "logging", "audit", ...Object.keys(DEFAULTS)];

function section(content: JsonObject, key: string, origin: string): JsonObject {
  const value = content[key];
  if (value === undefined) return {};
  if (!isJsonObject(value)) throw new ConfigError("must be an object", { path: key, value, file: origin });
  return value;
}

function patterns(texts: readonly string[], origin: string): readonly RegExp[] {
  return texts.map((text, index) => {
    try {
      return new RegExp(text);
    } catch (error) {
      const path = `server.corsAllowedOrigins[${index}]`;
      throw new ConfigError("must be a regular expression", { path, value: text, file: origin, cause: error });
    }
  });
}

/** Directives go into a header as they are, so they may hold nothing that ends one. */
function headerTexts(texts: readonly string[], origin: string): readonly string[] {
  for (const [index, value] of texts.entries()) {
    if (/^[\x20-\x7e]+$/.test(value)) continue;
    const path = `server.strictTransportSecurity[${index}]`;
    throw new ConfigError("must be printable ASCII", { path, value, file: origin });
  }
  return texts;
}

function resolveServer(
  said: JsonObject,
  overrides: ReadonlyMap<string, Override>,
  file: ConfigFile,
  from: Map<string, string>,
): ResolvedServer {
  const origin = file.shown ?? "default";
  const checked = checkOptions(ServerOptions, said, { path: "server", origin });
  const text = (key: "bind" | "data" | "kubeconfig"): string | undefined => {
    const value = overrides.get(key)?.value;
    return value === undefined ? checked[key] : String(value);
  };
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(file.directory, path);
  for (const key of Object.keys(checked)) from.set(`server.${key}`, Object.hasOwn(said, key) ? origin : "default");
  const data = resolve(file.directory, text("data") ?? ".data");
  from.set("server.kubeconfig", said.kubeconfig === undefined ? "default" : origin);
  for (const [key, override] of overrides) from.set(`server.${key}`, override.origin);
  return Object.freeze({
    bind: text("bind") ?? checked.bind,
    port: Number(overrides.get("port")?.value ?? checked.port),
    data,
    kubeconfig: absolute(text("kubeconfig")) ?? join(data, "admin.kubeconfig"),
    requestTimeout: checked.requestTimeout,
    shutdownTimeout: checked.shutdownTimeout,
    shutdownDelay: checked.shutdownDelay,
    shutdownSendRetryAfter: checked.shutdownSendRetryAfter,
    shutdownWatchTerminationGrace: checked.shutdownWatchTerminationGrace,
    strictTransportSecurity: Object.freeze(headerTexts(checked.strictTransportSecurity, origin)),
    goawayChance: checked.goawayChance,
    maxStreamsPerConnection: checked.maxStreamsPerConnection,
    corsAllowedOrigins: Object.freeze(patterns(checked.corsAllowedOrigins, origin)),
    maxRequestBytes: checked.maxRequestBytes,
    transactions: checked.transactions,
    cbor: checked.cbor,
    ...tlsSettings(checked, (path) => resolve(file.directory, path), origin),
  });
}

function resolveRuntimeConfig(value: unknown, place: Place): { readonly [groupVersion: string]: boolean } {
  if (!isJsonObject(value)) throw new ConfigError("must be an object", { path: place.path, value, file: place.origin });
  const found = new Map<string, boolean>();
  for (const [key, on] of Object.entries(value)) {
    const path = `${place.path}[${JSON.stringify(key)}]`;
    if (typeof on !== "boolean")
      throw new ConfigError("must be true or false", { path, value: on, file: place.origin });
    found.set(key, on);
  }
  return Object.freeze(Object.fromEntries(found));
}

/** Checks a config that has been read, fills it in and freezes it. Pure, so tests and the test server use it too. */
export function resolveConfig(file: ConfigFile, overrides: ReadonlyMap<string, Override> = new Map()): ResolvedConfig {
  const said = file.content;
  const origin = file.shown ?? "default";
  if (!isJsonObject(said))
    throw new ConfigError("the config must be an object", { value: said, path: "config", file: origin });
  for (const key of Object.keys(said)) {
    if (SECTIONS.includes(key)) continue;
    throw new ConfigError(`unknown key "${key}"`, {
      path: key,
      value: said[key],
      file: origin,
      nearest: nearest(key, SECTIONS),
    });
  }
  const from = new Map<string, string>();
  const entry = <K extends keyof typeof DEFAULTS>(key: K): { value: unknown; place: Place } => {
    const own = said[key] !== undefined;
    from.set(key, own ? origin : "default");
    return { value: own ? said[key] : DEFAULTS[key], place: { path: key, origin: own ? origin : "default" } };
  };
  const list = (
    key: "resources" | "authentication" | "authorization" | "admission" | "controllers",
    classes = false,
  ) => {
    const { value, place } = entry(key);
    return pluginReferences(value, place, classes);
  };
  const server = resolveServer(section(said, "server", origin), overrides, file, from);
  const loggingSection = section(said, "logging", origin);
  const logging = Object.freeze(checkOptions(LoggingOptions, loggingSection, { path: "logging", origin }));
  for (const key of Object.keys(logging))
    from.set(`logging.${key}`, Object.hasOwn(loggingSection, key) ? origin : "default");
  const stores = entry("storage");
  const storage = storageSection(stores.value, stores.place);
  const flowControl = entry("flowControl");
  from.set("audit", said.audit === undefined ? "default" : origin);
  const audit = auditSection(said.audit, { path: "audit", origin }, file.directory);
  const filters = entry("filters");
  const runtimeConfig = entry("runtimeConfig");
  return Object.freeze({
    file: file.shown,
    path: file.path,
    directory: file.directory,
    server,
    storage: storage.use,
    storageOverrides: storage.overrides,
    encryption: storage.encryption,
    resources: list("resources", true),
    authentication: list("authentication"),
    authorization: list("authorization"),
    admission: list("admission"),
    flowControl: pluginReference(flowControl.value, flowControl.place),
    auditPolicy: audit.policy,
    auditSinks: audit.sinks,
    filters: chainEdits(filters.value, filters.place),
    runtimeConfig: resolveRuntimeConfig(runtimeConfig.value, runtimeConfig.place),
    controllers: list("controllers"),
    logging,
    origins: from,
  });
}

/** Finds, reads, checks and freezes the config: flags win over variables, variables over the file, the file over defaults. */
export async function loadConfig(
  flags: ConfigFlags = {},
  env: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Promise<ResolvedConfig> {
  const overrides = serverOverrides(flags, env, cwd);
  return resolveConfig(await readConfigFile(configFileOverride(flags, env, cwd), cwd), overrides);
}
