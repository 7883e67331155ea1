import { type ClientHttp2Session, connect, constants } from "node:http2";
import { request as requestHttp1 } from "node:https";
import { answerBody } from "./answer-body.js";
import type { ClientCertificate, Credential } from "./credential.js";
import { type OpenResponse, readResponse, type TestResponse } from "./test-response.js";

/** What a request is made of; GET as admin over HTTP/2 when nothing is said. */
export interface TestRequest {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  /** Text and bytes are sent as they are, anything else as JSON with its content type. */
  readonly body?: unknown;
  readonly as?: Credential;
  readonly http?: 1 | 2;
}

function flatten(headers: { readonly [name: string]: unknown }): { readonly [name: string]: string } {
  const entries = Object.entries(headers).filter(([name, value]) => !name.startsWith(":") && value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : String(value)]),
  );
}

/** What leaves for a request: its headers and its bytes. */
function outgoing({ headers = {}, body, as }: TestRequest): {
  headers: { [name: string]: string };
  bytes: Buffer | undefined;
} {
  const sent: { [name: string]: string } = { ...headers };
  if (typeof as === "object" && "token" in as) sent.authorization = `Bearer ${as.token}`;
  if (body === undefined) return { headers: sent, bytes: undefined };
  if (typeof body === "string" || Buffer.isBuffer(body)) return { headers: sent, bytes: Buffer.from(body) };
  if (!Object.keys(sent).some((name) => name.toLowerCase() === "content-type"))
    sent["content-type"] = "application/json";
  return { headers: sent, bytes: Buffer.from(JSON.stringify(body)) };
}

/** Sends requests to one server over TLS with any credential; HTTP/2 connections are kept per credential. */
export class TestClient {
  readonly #sessions = new Map<string, ClientHttp2Session>();

  constructor(
    private readonly url: string,
    private readonly ca: string,
    private readonly admin: ClientCertificate,
  ) {}

  /** Resolves when the whole answer is there. */
  async request(path: string, request: TestRequest = {}): Promise<TestResponse> {
    return readResponse(await this.open(path, request));
  }

  /** Resolves with the head of the answer; the body is read from its stream. */
  open(path: string, request: TestRequest = {}): Promise<OpenResponse> {
    return request.http === 1 ? this.#http1(path, request) : this.#http2(path, request);
  }

  /** Closes all connections. */
  close(): void {
    for (const session of this.#sessions.values()) session.destroy();
    this.#sessions.clear();
  }

  #tls({ as = "admin" }: TestRequest): { ca: string; cert?: string; key?: string } {
    const owner = as === "admin" ? this.admin : typeof as === "object" && "certificate" in as ? as : undefined;
    return owner === undefined ? { ca: this.ca } : { ca: this.ca, cert: owner.certificate, key: owner.key };
  }

  #http1(path: string, request: TestRequest): Promise<OpenResponse> {
    const { headers, bytes } = outgoing(request);
    // Node frames the body of a DELETE only when it is told its length.
    if (bytes !== undefined) headers["content-length"] ??= String(bytes.length);
    return new Promise((resolve, reject) => {
      const sent = requestHttp1(
        new URL(this.url),
        { ...this.#tls(request), path, method: request.method ?? "GET", headers, agent: false },
        (response) => {
          const close = (): void => void sent.destroy();
          resolve({ status: response.statusCode ?? 0, headers: flatten(response.headers), stream: response, close });
        },
      );
      sent.on("error", reject);
      sent.end(bytes);
    });
  }

  #session(request: TestRequest): ClientHttp2Session {
    const tls = this.#tls(request);
    const key = tls.cert ?? "";
    const kept = this.#sessions.get(key);
    if (kept !== undefined && !kept.closed && !kept.destroyed) return kept;
    const session = connect(this.url, tls);
    // A failed connection fails its requests, which tell it; each of those under way listens.
    session.setMaxListeners(0);
    session.on("error", () => undefined);
    session.on("goaway", () => this.#sessions.get(key) === session && this.#sessions.delete(key));
    this.#sessions.set(key, session);
    return session;
  }

  #http2(path: string, request: TestRequest): Promise<OpenResponse> {
    const { headers, bytes } = outgoing(request);
    const session = this.#session(request);
    return new Promise((resolve, reject) => {
      const stream = session.request(
        { ":path": path, ":method": request.method ?? "GET", ...headers },
        { endStream: bytes === undefined },
      );
      stream.on("error", reject);
      session.once("error", reject);
      stream.on("response", (answered) => {
        session.off("error", reject);
        const body = answerBody(stream);
        const close = (): void => stream.close(constants.NGHTTP2_CANCEL);
        resolve({ status: Number(answered[":status"]), headers: flatten(answered), stream: body, close });
      });
      if (bytes !== undefined) stream.end(bytes);
    });
  }
}
