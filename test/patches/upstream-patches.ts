import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { JsonValue } from "@quarterdeck/meta";
import { buildGoProgram, buildIfPossible, type GoBuild } from "../process/go-program.js";

/** What upstream's patch libraries are asked. */
export interface PatchQuestion {
  readonly type: "json" | "merge" | "strategic";
  readonly document: JsonValue;
  readonly patch: JsonValue;
}

/** What they make of it; undefined when they refuse. */
export interface PatchAnswer {
  readonly document: JsonValue | undefined;
  readonly error: string | undefined;
}

/** Builds upstream's patch libraries. */
export function buildUpstreamPatches(): Promise<GoBuild> {
  return buildIfPossible(() => buildGoProgram("test/patches/upstream-go"));
}

/** Upstream's patch libraries as a process that answers one question after the other. */
export class UpstreamPatches {
  readonly #process;
  readonly #lines;

  constructor(binary: string) {
    this.#process = spawn(binary);
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  async ask(question: PatchQuestion): Promise<PatchAnswer> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const { value: line } = await this.#lines.next();
    const answer: { document?: JsonValue; error?: string } = JSON.parse(String(line));
    return { document: answer.document, error: answer.error };
  }

  async stop(): Promise<void> {
    this.#process.stdin.end();
    await once(this.#process, "exit");
  }
}
