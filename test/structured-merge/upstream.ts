import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { JsonObject } from "@quarterdeck/meta";
import { buildGoProgram, buildIfPossible } from "../process/go-program.js";

const program = await buildIfPossible(() => buildGoProgram("test/structured-merge/merge-go"));

/** Why upstream's merge was not built; undefined when it was. */
export const upstreamMissing: string | undefined = program.missing;

/** Who owns what, as it goes over the line. */
export interface UpstreamManager {
  readonly fields: JsonObject;
  readonly apiVersion: string;
  readonly applied: boolean;
}

/** What upstream's merge is asked; see `question` in the Go program. */
export interface UpstreamQuestion {
  readonly operation: "schema" | "check" | "fields" | "compare" | "update" | "apply" | "sets";
  readonly schemas?: { readonly [version: string]: object };
  readonly renames?: readonly (readonly [string, string])[];
  readonly live?: JsonObject;
  readonly object?: JsonObject;
  readonly version?: string;
  readonly managers?: { readonly [name: string]: UpstreamManager };
  readonly manager?: string;
  readonly force?: boolean;
  readonly ignored?: { readonly [version: string]: JsonObject };
  readonly allowDuplicates?: boolean;
  readonly sets?: readonly JsonObject[];
}

/** What it answers; see `answer` in the Go program. */
export interface UpstreamAnswer {
  readonly object?: JsonObject;
  readonly managers?: { readonly [name: string]: UpstreamManager };
  readonly conflicts?: readonly { readonly manager: string; readonly path: string }[];
  readonly message?: string;
  readonly mistakes?: readonly string[];
  readonly sets?: { readonly [name: string]: string };
  readonly paths?: readonly string[];
  readonly error?: string;
}

/** Upstream's merge as a process that answers one question after the other. */
export class UpstreamMerge {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    if (program.binary === undefined) throw new Error("upstream's code was not built");
    this.#process = spawn(program.binary);
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.#process.stderr.pipe(process.stderr);
  }

  async ask(question: UpstreamQuestion): Promise<UpstreamAnswer> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const { value: line } = await this.#lines.next();
    return JSON.parse(String(line));
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, "exit");
    this.#process.stdin.end();
    await exit;
  }
}
