import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { buildGoProgram, buildIfPossible } from "../process/go-program.js";

let binary: string | undefined;

/** Builds upstream's transformers; tells why that cannot be done, undefined when it was. */
export async function buildUpstream(): Promise<string | undefined> {
  const built = await buildIfPossible(() => buildGoProgram("test/encryption/upstream-go"));
  binary = built.binary;
  return built.missing;
}

function start(...words: readonly string[]): ChildProcessWithoutNullStreams {
  if (binary === undefined) throw new Error("upstream's code was not built");
  return spawn(binary, words);
}

/** What upstream's transformers are asked. */
export interface UpstreamQuestion {
  readonly operation: "encrypt" | "decrypt" | "load";
  /** The file of an EncryptionConfiguration. */
  readonly config: string;
  readonly resource: string;
  readonly key: string;
  readonly value: Buffer;
}

/** What they answer. */
export interface UpstreamAnswer {
  readonly value: Buffer;
  readonly stale: boolean;
  readonly error: string | undefined;
}

/** Upstream's transformers as a process that answers one question after the other. */
export class UpstreamTransformers {
  readonly #process = start("transform");
  readonly #lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();

  async ask(question: UpstreamQuestion): Promise<UpstreamAnswer> {
    this.#process.stdin.write(`${JSON.stringify({ ...question, value: question.value.toString("base64") })}\n`);
    const { value: line } = await this.#lines.next();
    const answer: { value: string | null; stale: boolean; error?: string } = JSON.parse(String(line));
    return { value: Buffer.from(answer.value ?? "", "base64"), stale: answer.stale, error: answer.error };
  }

  async stop(): Promise<void> {
    this.#process.stdin.end();
    await once(this.#process, "exit");
  }
}

/** A key service on upstream's server library; `state` is a file with the ID of its key and its health: `key-1 ok`. */
export class UpstreamKeyService {
  readonly #process: ChildProcessWithoutNullStreams;

  constructor(socket: string, state: string) {
    this.#process = start("kms", socket, state);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exit;
  }
}
