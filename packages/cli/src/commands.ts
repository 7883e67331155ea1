import type { Arguments, Flag, FlagName } from "./flags.js";

/** A command of the binary; `run` answers the exit code, or undefined while a server keeps running. */
export interface Command {
  readonly name: string;
  /** The words that follow, as the help shows them. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly FlagName[];
  /** What the help says of flags that mean something else here than elsewhere. */
  readonly told?: { readonly [name in FlagName]?: Pick<Flag, "value" | "summary"> };
  /** How many words may follow. */
  readonly words: readonly [least: number, most: number];
  /** What the first word may be, when it is not free. */
  readonly choices?: readonly string[];
  run(given: Arguments): Promise<number | undefined>;
}

const CONFIG_FLAGS: readonly FlagName[] = ["config", "bind", "port", "data", "kubeconfig"];

const STORAGE_FLAGS: readonly FlagName[] = ["config", "data"];
const CLIENT_FLAGS: readonly FlagName[] = ["config", "data", "kubeconfig"];
const KUBECONFIG = { value: "FILE", summary: "reach the server by this kubeconfig (DIR/admin.kubeconfig)" };

/** All commands; each loads its code only when it runs. */
export const COMMANDS: readonly Command[] = [
  {
    name: "serve",
    usage: "",
    summary: "start the server",
    flags: CONFIG_FLAGS,
    words: [0, 0],
    run: async (given) => (await import("./commands/serve.js")).serve(given),
  },
  {
    name: "describe",
    usage: "[chain|routes|resources|plugins]",
    summary: "show what the server would be made of, without starting it",
    flags: CONFIG_FLAGS,
    words: [0, 1],
    choices: ["chain", "routes", "resources", "plugins"],
    run: async (given) => (await import("./commands/describe.js")).describe(given),
  },
  {
    name: "config",
    usage: "print",
    summary: "show every setting with where it is from",
    flags: CONFIG_FLAGS,
    words: [1, 1],
    choices: ["print"],
    run: async (given) => (await import("./commands/config-print.js")).configPrint(given),
  },
  {
    name: "history",
    usage: "RESOURCE NAME",
    summary: "show who changed an object when, and which fields",
    flags: ["namespace", "limit", ...CLIENT_FLAGS],
    told: { kubeconfig: KUBECONFIG },
    words: [2, 2],
    run: async (given) => (await import("./commands/history.js")).history(given),
  },
  {
    name: "diff",
    usage: "RESOURCE NAME",
    summary: "show what is different between two states of an object",
    flags: ["namespace", "from", "to", ...CLIENT_FLAGS],
    told: { kubeconfig: KUBECONFIG },
    words: [2, 2],
    run: async (given) => (await import("./commands/diff.js")).diff(given),
  },
  {
    name: "apply",
    usage: "--filename PATH",
    summary: "apply the objects of files on the server, each for itself or all or none",
    flags: [
      "filename",
      "recursive",
      "namespace",
      "atomic",
      "force-conflicts",
      "dry-run",
      "field-manager",
      ...CLIENT_FLAGS,
    ],
    told: {
      kubeconfig: KUBECONFIG,
      namespace: { value: "NAME", summary: "where objects go that name no namespace, also -n" },
    },
    words: [0, 0],
    run: async (given) => (await import("./commands/apply.js")).apply(given),
  },
  {
    name: "backup",
    usage: "FILE",
    summary: "write all objects to a file, while the server runs or not",
    flags: CLIENT_FLAGS,
    told: { kubeconfig: KUBECONFIG },
    words: [1, 1],
    run: async (given) => (await import("./commands/backup.js")).backup(given),
  },
  {
    name: "restore",
    usage: "FILE",
    summary: "fill empty storages with the objects of a backup",
    flags: STORAGE_FLAGS,
    words: [1, 1],
    run: async (given) => (await import("./commands/restore.js")).restore(given),
  },
  {
    name: "migrate",
    usage: "--to CONFIG",
    summary: "move all objects to the empty storages of another config",
    flags: ["to", ...STORAGE_FLAGS],
    told: { to: { value: "CONFIG", summary: "the config of the storages to fill; needed" } },
    words: [0, 0],
    run: async (given) => (await import("./commands/migrate.js")).migrate(given),
  },
  {
    name: "create",
    usage: "resource|plugin NAME",
    summary: "write the first version of a resource or a plugin",
    flags: ["kind"],
    words: [2, 2],
    choices: ["resource", "plugin"],
    run: async (given) => (await import("./commands/create.js")).create(given),
  },
];
