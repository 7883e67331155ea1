import { type CallOptions, type Client, Metadata } from "@grpc/grpc-js";
import { AuthClient, type ICallable, KVClient, LeaseClient, MaintenanceClient, type Services } from "etcd3";
import { Host } from "etcd3/lib/connection-pool.js";
import { isTokenRefused } from "./access-errors.js";
import { channelFor, type Secrets } from "./credentials.js";
import { framed } from "./wire/frame.js";
import { GrpcChannel } from "./wire/grpc-channel.js";
import type { GrpcStream } from "./wire/grpc-stream.js";
import {
  decodeRange,
  decodeTxn,
  type RangeAnswer,
  type RangeCall,
  type TxnAnswer,
  type TxnCall,
  writeRange,
  writeTxn,
} from "./wire/kv-messages.js";

type Service = keyof typeof Services;
type Connected<R> = (connection: { resource: Host; client: Client; metadata: Metadata }) => Promise<R> | R;

const RANGE = "/etcdserverpb.KV/Range";
const TXN = "/etcdserverpb.KV/Txn";
const WATCH = "/etcdserverpb.Watch/Watch";
const TOKEN_ATTEMPTS = 3;

const CHANNEL_OPTIONS = {
  "grpc.initial_reconnect_backoff_ms": 50,
  "grpc.min_reconnect_backoff_ms": 50,
  "grpc.max_reconnect_backoff_ms": 1000,
};

/** The token of the user, shared by all members; etcd forgets it when it restarts. */
export interface TokenSource {
  /** At once when it is known; undefined without a user. */
  token(member: EtcdMember): string | Promise<string> | undefined;
  /** The token was refused. */
  forget(): void;
}

/**
 * One member of the cluster. What is called for every write and many reads goes over a channel of our own; all else
 * through etcd3's clients, without its retries, since a commit that was sent must not be sent again. Every call has a
 * deadline; what fails is thrown as gRPC tells it.
 */
export class EtcdMember implements ICallable<Host> {
  readonly kv = new KVClient(this);
  readonly lease = new LeaseClient(this);
  readonly maintenance = new MaintenanceClient(this);
  readonly callOptionsFactory = undefined;
  readonly #auth = new AuthClient(this);
  readonly #host: Host;
  readonly #channel: GrpcChannel;
  readonly #headers = new Map<string, Buffer>();
  #token: string | undefined;

  constructor(
    readonly endpoint: string,
    secrets: Secrets,
    private readonly tokens: TokenSource,
    private readonly timeoutMilliseconds: number,
  ) {
    const url = new URL(endpoint);
    const { credentials, options } = channelFor(url, secrets);
    this.#host = new Host(endpoint, credentials, { ...CHANNEL_OPTIONS, ...options });
    this.#channel = new GrpcChannel(url, secrets, timeoutMilliseconds);
  }

  range(call: RangeCall): Promise<RangeAnswer> {
    const message = framed((writer) => writeRange(writer, call));
    return this.#withToken(() => this.#unary(RANGE, message).then(decodeRange));
  }

  txn(call: TxnCall): Promise<TxnAnswer> {
    const message = framed((writer) => writeTxn(writer, call), 2048);
    return this.#withToken(() => this.#unary(TXN, message).then(decodeTxn));
  }

  /** Opens a watch stream, which the member ends when it has no leader. */
  async openWatch(): Promise<GrpcStream> {
    return this.#channel.stream(this.#headersOf(WATCH, await this.tokens.token(this)));
  }

  /** Asks for a token. */
  async authenticate(name: string, password: string): Promise<string> {
    return (await this.#auth.authenticate({ name, password })).token;
  }

  close(): void {
    this.#channel.close();
    this.#host.close();
  }

  /** One unary call through grpc-js; how etcd3's clients reach the member. */
  exec<R>(service: Service, method: string, params: unknown, options?: CallOptions): Promise<R> {
    return this.#withToken(() => this.#call<R>(service, method, params, options));
  }

  /** Gives a stream its channel; how etcd3's clients open one. */
  async withConnection<R>(service: Service, use: Connected<R>): Promise<R> {
    const metadata = await this.#metadata(service);
    return use({ resource: this.#host, client: this.#host.getServiceClient(service), metadata });
  }

  /** Nothing to do: whoever uses the stream is told of its end. */
  markFailed(): void {}

  /** A refused token is renewed: nothing was done with it. */
  async #withToken<R>(call: () => Promise<R>): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        if (!isTokenRefused(error) || attempt === TOKEN_ATTEMPTS) {
          throw error;
        }
        this.tokens.forget();
      }
    }
  }

  #unary(path: string, message: Buffer): Promise<Buffer> {
    const token = this.tokens.token(this);
    return token instanceof Promise
      ? token.then((known) => this.#channel.unary(this.#headersOf(path, known), message))
      : this.#channel.unary(this.#headersOf(path, token), message);
  }

  #headersOf(path: string, token: string | undefined): Buffer {
    if (token !== this.#token) {
      this.#token = token;
      this.#headers.clear();
    }
    let headers = this.#headers.get(path);
    if (headers === undefined) {
      headers = this.#channel.headers(path, token);
      this.#headers.set(path, headers);
    }
    return headers;
  }

  async #call<R>(service: Service, method: string, params: unknown, options?: CallOptions): Promise<R> {
    const metadata = await this.#metadata(service);
    const client = this.#host.getServiceClient(service);
    const call: unknown = Reflect.get(client, method);
    if (typeof call !== "function") {
      throw new TypeError(`etcd's ${service} has no ${method}`);
    }
    const deadline = Date.now() + this.timeoutMilliseconds;
    return new Promise<R>((resolve, reject) => {
      const done = (error: Error | null, response: R): void => (error === null ? resolve(response) : reject(error));
      Reflect.apply(call, client, [params, metadata, { deadline, ...options }, done]);
    });
  }

  async #metadata(service: Service): Promise<Metadata> {
    const metadata = new Metadata();
    const token = service === "Auth" ? undefined : await this.tokens.token(this);
    if (token !== undefined) {
      metadata.set("token", token);
    }
    return metadata;
  }
}
