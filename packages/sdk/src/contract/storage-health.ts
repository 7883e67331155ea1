import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** Whether the storages of the server answer. A {@link Services} service. */
export abstract class StorageHealth {
  static readonly [INJECTION_TOKEN]: string = "storage-health";
  /** Asks each storage, the one that is no override first: why it does not answer, undefined for one that does. */
  abstract check(): Promise<readonly unknown[]>;
}
