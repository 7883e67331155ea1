import { StatusError } from "@quarterdeck/meta";
import type { RequestContext } from "@quarterdeck/sdk";
import { ClientGoneError } from "./client-gone-error.js";
import { isGone } from "./response-end.js";

const EMPTY = Buffer.alloc(0);

/**
 * Reads a request's body, at most `limit` bytes of it: 413 RequestEntityTooLarge when it is longer, whether it says so
 * or not. Rejects with {@link ClientGoneError} when the client stops in the middle.
 */
export function readBody(context: RequestContext, limit: number): Promise<Buffer> {
  const { req } = context;
  const announced = req.headers["content-length"];
  if (announced !== undefined && Number(announced) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] | undefined;
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limit) settle(() => reject(tooLarge(limit)));
      else if (chunks === undefined) chunks = [chunk];
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      // A reset HTTP/2 stream ends too: what came before it is not the body, though it may well parse.
      if (isGone(context.res)) onClose();
      else settle(() => resolve(join(chunks)));
    };
    const onClose = (): void => settle(() => reject(new ClientGoneError()));
    const settle = (conclude: () => void): void => {
      req.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      // Without a reader the stream stops, and with it a client that goes on sending.
      req.pause();
      context.state.load?.resumed();
      conclude();
    };
    context.state.load?.waiting();
    req.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

function join(chunks: readonly Buffer[] | undefined): Buffer {
  const [first] = chunks ?? [];
  if (chunks === undefined || first === undefined) return EMPTY;
  return chunks.length === 1 ? first : Buffer.concat(chunks);
}

function tooLarge(limit: number): StatusError {
  return StatusError.tooLarge(`Request entity too large: limit is ${limit}`);
}
