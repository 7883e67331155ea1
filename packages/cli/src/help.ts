import type { Command } from "./commands.js";
import { COMMANDS } from "./commands.js";
import { FLAGS, type Flag, type FlagName } from "./flags.js";

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}

function flagRow(name: FlagName, command?: Command): readonly [string, string] {
  const flag: Flag = { ...FLAGS[name], ...command?.told?.[name] };
  const left = flag.value === undefined ? `--${flag.name}` : `--${flag.name} ${flag.value}`;
  return [left, flag.variable === undefined ? flag.summary : `${flag.summary}; also ${flag.variable}`];
}

/** What `quarterdeck --help` prints. */
export function globalHelp(): string {
  const commands = COMMANDS.map(({ name, usage, summary }) => [`${name} ${usage}`.trimEnd(), summary] as const);
  return `quarterdeck: a Kubernetes-compatible API server made of plugins

Usage: quarterdeck <command> [flags]

Commands:
${table(commands)}

Flags of every command:
${table([flagRow("verbose"), flagRow("help"), flagRow("version")])}

quarterdeck <command> --help shows the flags of a command.
`;
}

/** What `quarterdeck <command> --help` prints. */
export function commandHelp(command: Command): string {
  const words = command.usage === "" ? "" : ` ${command.usage}`;
  return `quarterdeck ${command.name}: ${command.summary}

Usage: quarterdeck ${command.name}${words} [flags]

Flags:
${table([...command.flags, "verbose" as const, "help" as const].map((name) => flagRow(name, command)))}
`;
}
