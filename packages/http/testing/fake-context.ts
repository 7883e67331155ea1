import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { parseRequestInfo } from "../src/request/parse-request-info.js";
import { type ServerContext, ServerContexts } from "../src/request/server-context.js";

const contexts = new ServerContexts();
const outputs = new WeakMap<ServerResponse, () => string>();

/** A socket that keeps what is written to it. */
class CaptureSocket extends Socket {
  readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.chunks.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
    done();
  }

  override _writev(
    chunks: { chunk: Buffer | string; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    for (const { chunk, encoding } of chunks) {
      this.chunks.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
    }
    done();
  }
}

/** What a test may say about its request; the default is `GET /`. */
export interface FakeRequest {
  readonly method?: string;
  readonly url?: string;
  /** Names in lower case, as Node gives them. */
  readonly headers?: { readonly [name: string]: string };
}

/** A real context over a response that no socket carries. `requestInfo` is filled in, so any filter can run alone. */
export function fakeContext(request: FakeRequest = {}): ServerContext {
  const req = new IncomingMessage(new Socket());
  req.method = request.method ?? "GET";
  req.url = request.url ?? "/";
  req.httpVersion = "1.1";
  req.httpVersionMajor = 1;
  req.httpVersionMinor = 1;
  req.headers = { ...request.headers };
  const res = new ServerResponse(req);
  const socket = new CaptureSocket();
  res.assignSocket(socket);
  outputs.set(res, () => Buffer.concat(socket.chunks).toString());
  const context = contexts.create(req, res);
  context.state.requestInfo = parseRequestInfo(context.method, context.path, context.state.query);
  return context;
}

/** The raw answer that has gone out so far, head and body. */
export function sentText(context: ServerContext): string {
  const { res } = context;
  return res instanceof ServerResponse ? (outputs.get(res)?.() ?? "") : "";
}

/** The body that has gone out so far, when it was sent with a length. */
export function sentBody(context: ServerContext): string {
  const text = sentText(context);
  const head = text.indexOf("\r\n\r\n");
  return head === -1 ? "" : text.slice(head + 4);
}
