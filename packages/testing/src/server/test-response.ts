import type { Readable } from "node:stream";

/** An answer whose body is still coming: what a watch gives. */
export interface OpenResponse {
  readonly status: number;
  /** By lower-case name; several values are joined with `, `. */
  readonly headers: { readonly [name: string]: string };
  readonly stream: Readable;
  /** Breaks the request off, as a client that goes away does. */
  close(): void;
}

/** A whole answer. */
export interface TestResponse {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
  /** The body as text. */
  text(): string;
  /** The body as JSON, in the shape that the caller expects. */
  json<T = unknown>(): T;
}

/** Reads an answer to its end. */
export async function readResponse({ status, headers, stream }: OpenResponse): Promise<TestResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  return { status, headers, body, text: () => body.toString("utf8"), json: () => JSON.parse(body.toString("utf8")) };
}

/** The lines of an answer as they come in, parsed: the events of a watch. */
export async function* readLines<T = unknown>({ stream }: OpenResponse): AsyncGenerator<T, void> {
  let rest = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield JSON.parse(line);
  }
}
