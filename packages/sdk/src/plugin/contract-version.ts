/** The kinds of plugin that a config may name. */
export type PluginKind =
  | "storage"
  | "filter"
  | "authenticator"
  | "authorizer"
  | "admission"
  | "audit"
  | "controller"
  | "encryption"
  | "resources";

/**
 * The contract version of each kind, stamped on a plugin by the copy of this package it was built with.
 * The kernel refuses a plugin of another version; a breaking change of a contract raises its number.
 */
export const CONTRACT_VERSIONS: { readonly [kind in PluginKind]: number } = {
  storage: 1,
  filter: 1,
  authenticator: 1,
  authorizer: 1,
  admission: 1,
  audit: 1,
  controller: 1,
  encryption: 1,
  resources: 1,
};
