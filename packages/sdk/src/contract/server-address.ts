import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** Where a server takes connections. */
export interface ListeningAt {
  /** As `server.bind` has it: perhaps an address of this machine alone, or one that stands for all. */
  readonly bind: string;
  readonly port: number;
}

/** Where this server is reached, for those who tell others of it. A {@link Services} service. */
export abstract class ServerAddress {
  static readonly [INJECTION_TOKEN]: string = "server-address";
  /** Resolves once the server listens, which is after all plugins have started; never when it does not come to that. */
  abstract listening(): Promise<ListeningAt>;
}
