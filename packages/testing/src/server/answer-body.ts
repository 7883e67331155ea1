import type { ClientHttp2Stream } from "node:http2";
import { PassThrough, type Readable } from "node:stream";

/**
 * The body of an HTTP/2 answer as an ordinary stream. `closed` of the HTTP/2 stream itself says that both sides have
 * sent all, which `for await` of Node 24 takes for a body cut short when the reader comes only then.
 */
export function answerBody(stream: ClientHttp2Stream): Readable {
  const body = new PassThrough();
  // Whoever reads is told; an answer that nobody reads may end as it likes.
  body.on("error", () => undefined);
  stream.on("error", (error) => body.destroy(error));
  stream.on("close", () => {
    if (!stream.readableEnded) body.destroy(new Error("the answer was broken off"));
  });
  return stream.pipe(body);
}
