import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./markdown.js";

/** How a run of the binary ended and what it printed. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], cwd: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(?:QUARTERDECK_|VITEST|NODE_ENV|FORCE_COLOR)/.test(name)),
    );
    const child = spawn(command, args, { cwd, env: { ...env, NO_COLOR: "1" } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

/** Runs the built server binary in a folder. */
export function quarterdeck(args: readonly string[], cwd: string): Promise<Run> {
  return run(process.execPath, [join(ROOT, "packages/cli/bin/quarterdeck.js"), ...args], cwd);
}
