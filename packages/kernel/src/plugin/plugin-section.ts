import type { PluginKind } from "@quarterdeck/sdk";

/** The config section that names the plugins of each kind. */
export const PLUGIN_SECTIONS: { readonly [kind in PluginKind]: string } = {
  storage: "storage",
  filter: "filters",
  authenticator: "authentication",
  authorizer: "authorization",
  admission: "admission",
  audit: "audit.sinks",
  controller: "controllers",
  encryption: "storage.encryption",
  resources: "resources",
};

/** The prefix of our packages' names per kind: `@quarterdeck/<prefix>-<name>`. */
export const PACKAGE_PREFIXES: { readonly [kind in PluginKind]: string } = {
  storage: "storage",
  filter: "filter",
  authenticator: "authn",
  authorizer: "authz",
  admission: "admission",
  audit: "audit",
  controller: "controller",
  encryption: "encryption",
  resources: "resources",
};

/** `an authenticator`, `a storage`. */
export function withArticle(kind: PluginKind): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}
