import { status } from "@grpc/grpc-js";
import type { Secrets } from "../credentials.js";
import { CallError } from "./call-error.js";
import { FrameReader } from "./frame.js";
import { GrpcStream } from "./grpc-stream.js";
import { encodeHeaders } from "./header-block.js";
import type { Http2Connection } from "./http2-connection.js";
import { MemberConnection } from "./member-connection.js";
import { Trailers } from "./trailers.js";

/**
 * The calls that are made for every write and many reads, by hand, for a small part of what grpc-js takes of the
 * processor (docs/adr/0011). No retries; errors are those of gRPC.
 */
export class GrpcChannel {
  readonly #connection: MemberConnection;

  constructor(
    private readonly endpoint: URL,
    secrets: Secrets,
    private readonly timeoutMilliseconds: number,
  ) {
    this.#connection = new MemberConnection(endpoint, secrets, timeoutMilliseconds);
  }

  /** The headers of a method such as `/etcdserverpb.KV/Txn`; made once, since they are the same for all its calls. */
  headers(path: string, token: string | undefined): Buffer {
    return encodeHeaders([
      [":method", "POST"],
      [":scheme", this.endpoint.protocol.slice(0, -1)],
      [":authority", this.endpoint.host],
      [":path", path],
      ["content-type", "application/grpc"],
      ["te", "trailers"],
      // A member without a leader says so at once.
      ["hasleader", "true"],
      ...(token === undefined ? [] : [["token", token] as const]),
    ]);
  }

  /** One call with one answer. */
  unary(headers: Buffer, message: Buffer): Promise<Buffer> {
    const connection = this.#connection.open;
    if (connection !== undefined) {
      return this.#send(connection, headers, message);
    }
    return this.#connection.connect().then((opened) => this.#send(opened, headers, message));
  }

  /** A call that goes on. */
  async stream(headers: Buffer): Promise<GrpcStream> {
    return new GrpcStream(await this.#connection.connect(), headers);
  }

  close(): void {
    this.#connection.close();
  }

  #send(connection: Http2Connection, headers: Buffer, message: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      let answer: Buffer | undefined;
      const frames = new FrameReader((whole) => {
        answer = whole;
      });
      const trailers = new Trailers();
      const stream = connection.open(headers, {
        onHeaders: (block) => trailers.take(block),
        onData: (chunk) => frames.take(chunk),
        onEnd: (ended) => {
          clearTimeout(timer);
          const error = trailers.error(ended);
          if (error !== undefined) {
            reject(error);
          } else if (answer === undefined) {
            reject(new CallError(status.INTERNAL, "the member answered without an answer"));
          } else {
            resolve(answer);
          }
        },
      });
      const timer = setTimeout(() => {
        connection.cancel(stream);
        reject(new CallError(status.DEADLINE_EXCEEDED, `no answer within ${this.timeoutMilliseconds} ms`));
      }, this.timeoutMilliseconds);
      connection.write(stream, message, true);
    });
  }
}
