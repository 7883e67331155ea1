import type { NamedReference, ResolvedChainEdit, ResolvedConfig } from "./resolved-config.js";

function written(value: unknown): string {
  if (value instanceof RegExp) return JSON.stringify(value.source);
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value === "function") return `class ${value.name}`;
  return JSON.stringify(value);
}

function reference({ value, options }: NamedReference): string {
  const name =
    typeof value === "object" && value !== null && "name" in value ? `plugin ${String(value.name)}` : written(value);
  return Object.keys(options).length === 0 ? name : `[${name}, ${JSON.stringify(options)}]`;
}

function edit(change: ResolvedChainEdit): string {
  if ("remove" in change) return `{"remove":${JSON.stringify(change.remove)}}`;
  return `{${JSON.stringify(change.place)}:${JSON.stringify(change.filter)},"use":${reference(change.use)}}`;
}

/** What `config print` shows: one line per value, `path = value  # from where`. */
export function printConfig(config: ResolvedConfig): string {
  const lines: string[] = [];
  const add = (path: string, value: string, key = path): void => {
    const origin = config.origins.get(key) ?? "default";
    lines.push(`${path} = ${value}  # from ${origin}`);
  };
  for (const [key, value] of Object.entries(config.server))
    if (value !== undefined) add(`server.${key}`, written(value));
  for (const one of [config.storage, ...config.storageOverrides.map(({ use }) => use)]) {
    add(one.path, reference(one), "storage");
  }
  if (config.encryption !== undefined) {
    const { source, path } = config.encryption;
    add(
      path,
      typeof source === "string" ? written(source) : "an EncryptionConfiguration, which may hold keys",
      "storage",
    );
  }
  for (const key of ["resources", "authentication", "authorization", "admission", "controllers"] as const) {
    if (config[key].length === 0) add(key, "[]");
    for (const one of config[key]) add(one.path, reference(one), key);
  }
  add("flowControl", reference(config.flowControl));
  if (config.auditPolicy !== undefined) {
    const { path, ...policy } = config.auditPolicy;
    add(path, written("file" in policy ? policy.file : policy.content), "audit");
  }
  for (const one of config.auditSinks) add(one.path, reference(one), "audit");
  for (const change of config.filters) add(change.path, edit(change), "filters");
  for (const [key, on] of Object.entries(config.runtimeConfig))
    add(`runtimeConfig[${JSON.stringify(key)}]`, String(on), "runtimeConfig");
  for (const [key, value] of Object.entries(config.logging)) add(`logging.${key}`, written(value));
  return lines.join("\n");
}
