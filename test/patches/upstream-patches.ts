import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { JsonValue } from "@quarterdeck/meta";
import { buildGoProgram, goMissing } from "../process/go-program.js";

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

/** Builds upstream's patch libraries; the path of the program, or why it cannot be built. */
export function buildUpstreamPatches(): { readonly binary?: string; readonly missing?: string } {
  const required = process.env.QUARTERDECK_REQUIRE_TOOLS === "1";
  try {
    if (goMissing !== undefined) throw new Error(goMissing);
    return { binary: buildGoProgram("test/patches/upstream-go") };
  } catch (error) {
    if (required) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    // Without a network there may be hundreds of lines about modules; the title of a skipped test takes the first ones.
    return { missing: reason.replaceAll("\n", " ").slice(0, 200) };
  }
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
