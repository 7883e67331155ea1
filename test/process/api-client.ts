import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from "node:http2";
import type { ServerAccess } from "./kubeconfig.js";

/** The connection failed; `reached` is false when the server cannot have seen the request. */
export class ConnectionLost extends Error {
  constructor(
    readonly reached: boolean,
    cause: unknown,
  ) {
    super(`the connection ${reached ? "was lost" : "was refused"}: ${cause instanceof Error ? cause.message : cause}`);
  }
}

/** A watch or request was answered by an error. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly text: string,
  ) {
    super(`${status}: ${text}`);
  }
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

const MERGE_PATCH = "application/merge-patch+json";
const JSON_BODY = "application/json";
const PATIENCE = 20_000;

/** One HTTP/2 connection over TLS to one server, opened again when it broke; it never repeats a request by itself. */
export class ApiClient {
  #session: Promise<ClientHttp2Session> | undefined;

  constructor(readonly access: ServerAccess) {}

  /** Resolves with any answer; rejects with {@link ConnectionLost} when there is none. */
  async request(method: string, path: string, body?: object): Promise<Answer> {
    const stream = await this.#send(method, path, body);
    return new Promise((resolve, reject) => {
      let text = "";
      let head: { [name: string]: string } | undefined;
      stream.setEncoding("utf8");
      stream.setTimeout(PATIENCE, () => stream.close(constants.NGHTTP2_CANCEL));
      stream.on("response", (headers) => {
        head = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      });
      stream.on("data", (chunk: string) => {
        text += chunk;
      });
      let whole = false;
      stream.on("end", () => {
        whole = true;
      });
      stream.on("error", (error) => reject(new ConnectionLost(true, error)));
      stream.on("close", () => {
        if (head === undefined || !whole || stream.rstCode !== 0) reject(new ConnectionLost(true, "no whole answer"));
        else resolve({ status: Number(head[":status"]), headers: head, text });
      });
    });
  }

  /** The lines of a stream, parsed; ends as the server ends it, rejects with {@link Refused} or {@link ConnectionLost}. */
  async *lines<T>(path: string, signal?: AbortSignal): AsyncGenerator<T, void> {
    const stream = await this.#send("GET", path);
    const abort = (): void => stream.close(constants.NGHTTP2_CANCEL);
    signal?.addEventListener("abort", abort);
    let status = 0;
    stream.on("response", (headers) => {
      status = headers[":status"] ?? 0;
    });
    stream.setEncoding("utf8");
    let rest = "";
    let whole = false;
    try {
      for await (const chunk of stream) {
        rest += chunk;
        if (status !== 200) continue;
        const lines = rest.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) yield JSON.parse(line);
      }
      whole = true;
    } catch (error) {
      if (signal?.aborted) return;
      throw new ConnectionLost(true, error);
    } finally {
      signal?.removeEventListener("abort", abort);
      if (!whole) abort();
    }
    if (signal?.aborted) return;
    if (status === 0 || stream.rstCode !== 0) throw new ConnectionLost(true, "no whole answer");
    if (status !== 200) throw new Refused(status, rest);
  }

  close(): void {
    void this.#session?.then(
      (session) => session.destroy(),
      () => undefined,
    );
    this.#session = undefined;
  }

  async #send(method: string, path: string, body?: object): Promise<ClientHttp2Stream> {
    const session = await this.#connected();
    const headers = {
      ":method": method,
      ":path": path,
      accept: JSON_BODY,
      ...(body === undefined ? {} : { "content-type": method === "PATCH" ? MERGE_PATCH : JSON_BODY }),
    };
    try {
      const stream = session.request(headers, { endStream: body === undefined });
      if (body !== undefined) stream.end(JSON.stringify(body));
      return stream;
    } catch (error) {
      throw new ConnectionLost(false, error);
    }
  }

  async #connected(): Promise<ClientHttp2Session> {
    const kept = await this.#session?.catch(() => undefined);
    if (kept !== undefined && !kept.closed && !kept.destroyed) return kept;
    const opening = openSession(this.access);
    this.#session = opening;
    return opening;
  }
}

function openSession({ url, ca, cert, key }: ServerAccess): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const session = connect(url, { ca, cert, key });
    session.setMaxListeners(0);
    session.on("error", (error) => reject(new ConnectionLost(false, error)));
    session.once("connect", () => resolve(session));
  });
}
