import type { OutgoingHttpHeaders } from "node:http";
import type { RequestContext } from "@quarterdeck/sdk";

/** What the HTTP/1.1 and the HTTP/2 response of Node have in common, as far as answers are written with it. */
export interface Response {
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  readonly writableLength: number;
  hasHeader(name: string): boolean;
  writeHead(statusCode: number, headers: OutgoingHttpHeaders): unknown;
  /** HTTP/2 sends the headers by writeHead already. */
  flushHeaders?(): void;
  write(chunk: Buffer, callback?: () => void): boolean;
  end(): unknown;
  end(chunk: Buffer): unknown;
  destroy(): unknown;
  once(event: "close", listener: () => void): unknown;
  removeListener(event: "close", listener: () => void): unknown;
}

/** True when nobody reads the answer any more: its connection or HTTP/2 stream is gone. */
export function isGone(context: RequestContext): boolean {
  const { res } = context;
  return "stream" in res ? res.stream.destroyed : res.destroyed;
}
