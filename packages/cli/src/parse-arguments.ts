import { parseArgs } from "node:util";
import { nearest } from "@quarterdeck/kernel";
import { COMMANDS, type Command } from "./commands.js";
import { type Arguments, FLAGS, type Flag, type FlagName } from "./flags.js";
import { UsageError } from "./usage-error.js";

/** A parsed command line: the command, if one was named, and what belongs to it. */
export interface CommandLine extends Arguments {
  readonly command: Command | undefined;
}

const GLOBAL: readonly FlagName[] = ["verbose", "help", "version"];

function isFlag(name: string): name is FlagName {
  return Object.hasOwn(FLAGS, name);
}

function takesValue(name: string): boolean {
  const flag: Flag | undefined = isFlag(name) ? FLAGS[name] : undefined;
  return flag?.value !== undefined;
}

function findCommand(word: string | undefined): Command | undefined {
  if (word === undefined) return undefined;
  const command = COMMANDS.find((one) => one.name === word);
  const names = COMMANDS.map((one) => one.name);
  if (command === undefined) throw new UsageError(`unknown command "${word}"`, nearest(word, names));
  return command;
}

function checkWords(command: Command, words: readonly string[]): void {
  const [least, most] = command.words;
  const usage = `usage: quarterdeck ${command.name} ${command.usage}`.trimEnd();
  const [first] = words;
  if (first !== undefined && command.choices !== undefined && !command.choices.includes(first)) {
    throw new UsageError(`unknown word "${first}" after ${command.name}`, nearest(first, command.choices));
  }
  if (words.length < least) throw new UsageError(`a word is missing; ${usage}`);
  if (words.length > most) throw new UsageError(`"${words[most]}" is one word too many; ${usage}`);
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

/** The flag of a token, if the command has it and the value is there or not as it must be. */
function checkFlag({ name, rawName, value }: OptionToken, command: Command | undefined): FlagName {
  const known = [...GLOBAL, ...(command?.flags ?? [])];
  if (!isFlag(name) || !known.includes(name)) {
    const near = nearest(name, known);
    const of = command === undefined ? "" : ` of ${command.name}`;
    throw new UsageError(`unknown flag ${rawName}${of}`, near === undefined ? near : `--${near}`);
  }
  const takes = takesValue(name);
  if (takes && (value === undefined || value === "")) throw new UsageError(`flag ${rawName} needs a value`);
  if (!takes && value !== undefined) throw new UsageError(`flag ${rawName} takes no value`);
  return name;
}

/** Reads the command line against the tables of commands and flags; throws {@link UsageError}. */
export function parseArguments(args: readonly string[]): CommandLine {
  const types = Object.values(FLAGS).map((flag: Flag) => {
    const type = flag.value === undefined ? "boolean" : "string";
    return [flag.name, { type, ...(flag.short !== undefined && { short: flag.short }) }] as const;
  });
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(types),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const [word, ...words] = positionals;
  const command = findCommand(word);
  const flags: { [name in FlagName]?: string } = {};
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const name = checkFlag(token, command);
    const flag: Flag = FLAGS[name];
    const before = flag.many === true ? flags[name] : undefined;
    flags[name] = before === undefined ? (token.value ?? "") : `${before},${token.value}`;
  }
  if (command !== undefined && flags.help === undefined) checkWords(command, words);
  return { command, flags, words };
}
