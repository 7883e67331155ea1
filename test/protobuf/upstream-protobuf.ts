import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { JsonObject } from "@quarterdeck/meta";
import { buildGoProgram, buildIfPossible } from "../process/go-program.js";

const program = await buildIfPossible(() => buildGoProgram("test/protobuf/upstream-go"));

/** Why upstream's types were not built; undefined when they were. */
export const upstreamMissing: string | undefined = program.missing;

interface Answer {
  readonly object?: JsonObject;
  readonly protobuf?: string;
  readonly generic?: JsonObject;
  readonly cbor?: string;
  readonly error?: string;
}

/** Upstream's types as a process that writes and reads their protobuf. */
export class UpstreamProtobuf {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    if (program.binary === undefined) throw new Error("upstream's code was not built");
    this.#process = spawn(program.binary);
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.#process.stderr.pipe(process.stderr);
  }

  /** What upstream writes for an object, with its envelope. */
  async encode(object: JsonObject): Promise<Buffer> {
    const { protobuf = "", error } = await this.#ask({ object });
    if (error !== undefined) throw new Error(error);
    return Buffer.from(protobuf, "base64");
  }

  /** What upstream reads from the bytes of an object. */
  async decode(body: Buffer): Promise<JsonObject> {
    const { object = {}, error } = await this.#ask({ protobuf: body.toString("base64") });
    if (error !== undefined) throw new Error(error);
    return object;
  }

  /** What upstream writes in CBOR for an object of no type. */
  async encodeCbor(generic: JsonObject): Promise<Buffer> {
    const { cbor = "", error } = await this.#ask({ generic });
    if (error !== undefined) throw new Error(error);
    return Buffer.from(cbor, "base64");
  }

  /** What upstream reads from CBOR, or why it refuses. */
  async decodeCbor(body: Buffer): Promise<JsonObject | string> {
    const { generic, error = "" } = await this.#ask({ cbor: body.toString("base64") });
    return generic ?? error;
  }

  /** The document that OpenAPI v3 in protobuf stands for. */
  async decodeOpenApiV3(body: Buffer): Promise<JsonObject> {
    const { generic = {}, error } = await this.#ask({ openapi: body.toString("base64") });
    if (error !== undefined) throw new Error(error);
    return generic;
  }

  async #ask(question: object): Promise<Answer> {
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
