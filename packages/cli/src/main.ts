import { ConfigError, lineOf } from "@quarterdeck/kernel";
import { commandHelp, globalHelp } from "./help.js";
import { parseArguments } from "./parse-arguments.js";
import { UsageError } from "./usage-error.js";
import { packageVersion } from "./version.js";

/** Exit codes: 0 done or stopped cleanly, 1 failed while running, 2 the command line or the config is wrong. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

function report(error: unknown, verbose: boolean): number {
  const wrong = ConfigError.is(error) || error instanceof UsageError;
  const line = lineOf(error);
  process.stderr.write(`error: ${line}\n`);
  if (verbose && error instanceof Error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause)
      process.stderr.write(`${at.stack ?? at.message}\n`);
  }
  return wrong ? EXIT.usage : EXIT.failed;
}

/** Runs the command line (without node and the script); the exit code, or undefined while a server runs. */
export async function main(args: readonly string[]): Promise<number | undefined> {
  const verbose = args.includes("--verbose");
  try {
    const line = parseArguments(args);
    if (line.flags.version !== undefined) {
      process.stdout.write(`${await packageVersion()}\n`);
      return EXIT.ok;
    }
    if (line.command === undefined) {
      process.stdout.write(globalHelp());
      return line.flags.help === undefined ? EXIT.usage : EXIT.ok;
    }
    if (line.flags.help !== undefined) {
      process.stdout.write(commandHelp(line.command));
      return EXIT.ok;
    }
    return await line.command.run(line);
  } catch (error) {
    return report(error, verbose);
  }
}
