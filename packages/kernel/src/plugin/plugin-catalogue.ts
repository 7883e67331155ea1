import type { PluginKind } from "@quarterdeck/sdk";

/** A plugin that the server ships: how to load its module. */
export type PluginLoader = () => Promise<{ readonly default: unknown }>;

/**
 * The plugins that have short names, by kind. The kernel may import none of them, so whoever assembles the server (the
 * command line, the test server) hands the table in.
 */
export type PluginCatalogue = { readonly [kind in PluginKind]: { readonly [name: string]: PluginLoader } };

/** The kinds under which a short name is known. */
export function kindsOf(catalogue: PluginCatalogue, name: string): readonly PluginKind[] {
  const kinds: PluginKind[] = [
    "storage",
    "filter",
    "authenticator",
    "authorizer",
    "admission",
    "audit",
    "controller",
    "encryption",
    "resources",
  ];
  return kinds.filter((kind) => Object.hasOwn(catalogue[kind], name));
}
