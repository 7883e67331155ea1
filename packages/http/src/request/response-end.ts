import { ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";

/** True when nothing can be written any more: the client went away or the stream was reset. */
export function isGone(res: ServerResponse | Http2ServerResponse): boolean {
  return res instanceof ServerResponse ? res.destroyed : res.stream.destroyed || res.stream.closed;
}

/** Breaks an answer off so that the client sees that it is not whole: resets the stream, or closes the connection. */
export function breakOff(res: ServerResponse | Http2ServerResponse): void {
  if (res instanceof ServerResponse) res.destroy();
  else if (!res.stream.closed) res.stream.close(INTERNAL_ERROR);
}

const INTERNAL_ERROR = 2;
