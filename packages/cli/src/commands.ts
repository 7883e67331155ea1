import type { Arguments, FlagName } from "./flags.js";

/** A command of the binary; `run` answers the exit code, or undefined while a server keeps running. */
export interface Command {
  readonly name: string;
  /** The words that follow, as the help shows them. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly FlagName[];
  /** How many words may follow. */
  readonly words: readonly [least: number, most: number];
  /** What the first word may be, when it is not free. */
  readonly choices?: readonly string[];
  run(given: Arguments): Promise<number | undefined>;
}

const CONFIG_FLAGS: readonly FlagName[] = ["config", "bind", "port", "data", "kubeconfig"];

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
    name: "create",
    usage: "resource|plugin NAME",
    summary: "write the first version of a resource or a plugin",
    flags: ["kind"],
    words: [2, 2],
    choices: ["resource", "plugin"],
    run: async (given) => (await import("./commands/create.js")).create(given),
  },
];
