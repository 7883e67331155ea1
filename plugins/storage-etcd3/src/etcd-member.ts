import { type CallOptions, type Client, Metadata } from "@grpc/grpc-js";
import {
  AuthClient,
  type ICallable,
  type IDuplexStream,
  type IWatchRequest,
  type IWatchResponse,
  KVClient,
  LeaseClient,
  MaintenanceClient,
  type Services,
  WatchClient,
} from "etcd3";
import { Host } from "etcd3/lib/connection-pool.js";
import { isTokenRefused } from "./access-errors.js";
import { channelFor, type Secrets } from "./credentials.js";

type Service = keyof typeof Services;
type Connected<R> = (connection: { resource: Host; client: Client; metadata: Metadata }) => Promise<R> | R;

const CHANNEL_OPTIONS = {
  // A page of a range is larger than gRPC's 4 MiB.
  "grpc.max_receive_message_length": -1,
  // A member that is gone without a word is noticed; etcd refuses pings more often than every 5 s.
  "grpc.keepalive_time_ms": 10_000,
  "grpc.keepalive_timeout_ms": 5000,
  "grpc.initial_reconnect_backoff_ms": 50,
  "grpc.min_reconnect_backoff_ms": 50,
  "grpc.max_reconnect_backoff_ms": 1000,
};

/** Services that a member without a leader may answer. */
const LEADERLESS: ReadonlySet<Service> = new Set<Service>(["Maintenance", "Auth"]);

/** Tokens of the user, shared by all members; etcd forgets them when it restarts. */
export interface TokenSource {
  /** Undefined without a user. */
  token(member: EtcdMember): Promise<string> | undefined;
  /** The token was refused. */
  forget(): void;
}

/**
 * One member of the cluster: etcd3's clients and channels, without its retries, since a commit that was sent must not be
 * sent again. Every call has a deadline; what fails is thrown as gRPC tells it.
 */
export class EtcdMember implements ICallable<Host> {
  readonly kv = new KVClient(this);
  readonly lease = new LeaseClient(this);
  readonly maintenance = new MaintenanceClient(this);
  readonly callOptionsFactory = undefined;
  readonly #watch = new WatchClient(this);
  readonly #auth = new AuthClient(this);
  readonly #host: Host;

  constructor(
    readonly endpoint: string,
    secrets: Secrets,
    private readonly tokens: TokenSource,
    private readonly timeoutMilliseconds: number,
  ) {
    const channel = channelFor(new URL(endpoint), secrets);
    this.#host = new Host(endpoint, channel.credentials, { ...CHANNEL_OPTIONS, ...channel.options });
  }

  /** Asks for a token. */
  async authenticate(name: string, password: string): Promise<string> {
    return (await this.#auth.authenticate({ name, password })).token;
  }

  /** Opens a watch stream, which the member ends when it has no leader. */
  openWatch(): Promise<IDuplexStream<IWatchRequest, IWatchResponse>> {
    return this.#watch.watch();
  }

  close(): void {
    this.#host.close();
  }

  /** One unary call; how etcd3's clients reach the member. */
  async exec<R>(service: Service, method: string, params: unknown, options?: CallOptions): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#call<R>(service, method, params, options);
      } catch (error) {
        // Refused before anything was done.
        if (!isTokenRefused(error) || attempt === 3) {
          throw error;
        }
        this.tokens.forget();
      }
    }
  }

  /** Gives a stream its channel; how etcd3's clients open one. */
  async withConnection<R>(service: Service, use: Connected<R>): Promise<R> {
    const metadata = await this.#metadata(service);
    return use({ resource: this.#host, client: this.#host.getServiceClient(service), metadata });
  }

  /** Nothing to do: whoever uses the stream is told of its end. */
  markFailed(): void {}

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
    if (!LEADERLESS.has(service)) {
      metadata.set("hasleader", "true");
    }
    const token = service === "Auth" ? undefined : await this.tokens.token(this);
    if (token !== undefined) {
      metadata.set("token", token);
    }
    return metadata;
  }
}
