/** A flag as `--help` shows it and the parser takes it. */
export interface Flag {
  readonly name: string;
  /** What the value is called in the help; a flag without it takes none. */
  readonly value?: string;
  readonly summary: string;
  /** The letter that is short for it: `-n`. */
  readonly short?: string;
  /** Given more than once, it has all these values, with commas between them; else the last one counts. */
  readonly many?: true;
  /** The variable that does the same. */
  readonly variable?: string;
}

/** All flags of all commands, by name. */
export const FLAGS = {
  config: {
    name: "config",
    value: "FILE",
    summary: "read this config instead of apiserver.config.{ts,js,mjs,json,yaml}",
    variable: "QUARTERDECK_CONFIG",
  },
  bind: { name: "bind", value: "ADDRESS", summary: "listen on this address (127.0.0.1)", variable: "QUARTERDECK_BIND" },
  port: {
    name: "port",
    value: "N",
    summary: "listen on this port, 0 takes a free one (6443)",
    variable: "QUARTERDECK_PORT",
  },
  data: {
    name: "data",
    value: "DIR",
    summary: "keep certificates and objects in this folder (.data)",
    variable: "QUARTERDECK_DATA",
  },
  kubeconfig: {
    name: "kubeconfig",
    value: "FILE",
    summary: "write the admin kubeconfig here (DIR/admin.kubeconfig)",
    variable: "QUARTERDECK_KUBECONFIG",
  },
  kind: { name: "kind", value: "KIND", summary: "what kind of plugin: admission, authenticator or filter (admission)" },
  namespace: {
    name: "namespace",
    short: "n",
    value: "NAME",
    summary: "the namespace of the object, also -n (that of the kubeconfig, or default)",
  },
  limit: { name: "limit", value: "N", summary: "show at most so many changes (20)" },
  from: { name: "from", value: "REVISION", summary: "the older state (the one before --to)" },
  to: { name: "to", value: "REVISION", summary: "the newer state (the newest)" },
  filename: {
    name: "filename",
    short: "f",
    value: "PATH",
    many: true,
    summary: "a file, a folder, or - for standard input, also -f; may be given more than once",
  },
  recursive: { name: "recursive", short: "R", summary: "read the folders within folders too, also -R" },
  atomic: { name: "atomic", summary: "apply all objects by one transaction, or none" },
  "force-conflicts": { name: "force-conflicts", summary: "take over the fields of other managers" },
  "dry-run": { name: "dry-run", value: "MODE", summary: "server: let it do everything but the storing" },
  "field-manager": { name: "field-manager", value: "NAME", summary: "who owns the applied fields (quarterdeck)" },
  verbose: { name: "verbose", summary: "show stack traces and debug logs" },
  help: { name: "help", summary: "show this help" },
  version: { name: "version", summary: "show the version" },
} as const satisfies { readonly [name: string]: Flag };

/** The name of a flag. */
export type FlagName = keyof typeof FLAGS;

/** What was typed after the command: values of flags (an empty text for those that take none) and the other words. */
export interface Arguments {
  readonly flags: { readonly [name in FlagName]?: string };
  readonly words: readonly string[];
}
