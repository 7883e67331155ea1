import { type ClientHttp2Session, type ClientHttp2Stream, constants, type OutgoingHttpHeaders } from "node:http2";
import { status } from "@grpc/grpc-js";
import type { Secrets } from "../credentials.js";
import { CallError, connectionLost, notSent, trailerError } from "./call-error.js";
import { FrameReader } from "./frame.js";
import { GrpcStream } from "./grpc-stream.js";
import { Http2Sessions } from "./http2-session.js";

/** Headers of the calls of one method; made once, since they are the same for all. */
export type CallHeaders = OutgoingHttpHeaders;

/**
 * The calls that are made for every write and many reads, by hand: gRPC over node:http2, for about half of what
 * grpc-js takes of the processor. No retries; errors are those of gRPC.
 */
export class Http2Channel {
  readonly #sessions: Http2Sessions;
  readonly #scheme: string;
  readonly #authority: string;
  readonly #streams = new Map<GrpcStream, ClientHttp2Session>();

  constructor(
    endpoint: URL,
    secrets: Secrets,
    private readonly timeoutMilliseconds: number,
  ) {
    this.#sessions = new Http2Sessions(endpoint, secrets, timeoutMilliseconds, (session, reason) => {
      for (const [stream, its] of this.#streams) {
        if (its === session) {
          stream.end(connectionLost(reason));
        }
      }
    });
    this.#scheme = endpoint.protocol.slice(0, -1);
    this.#authority = endpoint.host;
  }

  /** The headers of a method such as `/etcdserverpb.KV/Txn`. */
  headers(path: string, token: string | undefined): CallHeaders {
    return {
      ":method": "POST",
      ":scheme": this.#scheme,
      ":authority": this.#authority,
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
      // A member without a leader says so at once.
      hasleader: "true",
      ...(token === undefined ? {} : { token }),
    };
  }

  /** One call with one answer. */
  unary(headers: CallHeaders, message: Buffer): Promise<Buffer> {
    const session = this.#sessions.open;
    if (session !== undefined) {
      return this.#send(session, headers, message);
    }
    return this.#sessions.connect().then((opened) => this.#send(opened, headers, message));
  }

  /** A call that goes on. */
  async stream(headers: CallHeaders): Promise<GrpcStream> {
    const session = await this.#sessions.connect();
    const stream = new GrpcStream(request(session, headers), () => this.#streams.delete(stream));
    this.#streams.set(stream, session);
    return stream;
  }

  close(): void {
    this.#sessions.close();
  }

  #send(session: ClientHttp2Session, headers: CallHeaders, message: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const stream = request(session, headers);
      let answer: Buffer | undefined;
      let failure: Error | undefined;
      let answered = false;
      const frames = new FrameReader((whole) => {
        answer = whole;
      });
      const note = (trailers: { readonly [name: string]: unknown }): void => {
        answered = true;
        failure ??= trailerError(trailers);
      };
      const timer = setTimeout(() => {
        failure = new CallError(status.DEADLINE_EXCEEDED, `no answer within ${this.timeoutMilliseconds} ms`);
        stream.close(constants.NGHTTP2_CANCEL);
      }, this.timeoutMilliseconds);
      stream.on("response", (received) => "grpc-status" in received && note(received));
      stream.on("trailers", note);
      stream.on("error", (error) => {
        failure ??= connectionLost(error);
      });
      stream.on("data", (chunk: Buffer) => {
        try {
          frames.take(chunk);
        } catch (error) {
          failure = error instanceof Error ? error : new Error(String(error));
          stream.close(constants.NGHTTP2_CANCEL);
        }
      });
      stream.on("close", () => {
        clearTimeout(timer);
        if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) {
          reject(notSent(new Error("the member took no more calls")));
        } else if (failure !== undefined) {
          reject(failure);
        } else if (answered && answer !== undefined) {
          resolve(answer);
        } else {
          reject(connectionLost(undefined));
        }
      });
      stream.end(message);
    });
  }
}

function request(session: ClientHttp2Session, headers: CallHeaders): ClientHttp2Stream {
  try {
    return session.request(headers, { endStream: false });
  } catch (error) {
    // The session has ended since it was looked at.
    throw notSent(error instanceof Error ? error : new Error(String(error)));
  }
}
