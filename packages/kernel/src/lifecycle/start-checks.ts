import type { HealthChecks } from "@quarterdeck/http";
import type { ResourceStore } from "@quarterdeck/storage";
import type { NamedStorage } from "../storage/storage-set.js";
import { storageCheck } from "./storage-check.js";

/** A step of the start that `/readyz` waits for has not been taken yet. */
class NotYetError extends Error {
  override readonly name = "NotYetError";
}

/**
 * The health checks of the start: the storages answer, the caches are filled, and the admin kubeconfig is written.
 * The port is open before the last one, since a kubeconfig names the port that was given.
 */
export class StartChecks {
  #filled = false;
  #readable = false;
  #written = false;

  constructor(
    health: HealthChecks,
    storages: readonly NamedStorage[],
    private readonly stores: readonly Pick<ResourceStore, "unreadable">[],
  ) {
    for (const { name, storage, resources } of storages) {
      const names = name === "storage" ? [name] : resources.map((resource) => `storage-${resource}`);
      for (const one of names) health.add(storageCheck(one, storage));
    }
    health.add({ name: "informer-sync", endpoints: ["readyz"], check: () => this.#synced() });
    health.add({
      name: "poststarthook/admin-kubeconfig",
      check: () => this.#require(this.#written, "the admin kubeconfig"),
    });
  }

  /** The watch caches have read their resources. */
  cachesFilled(): void {
    this.#filled = true;
  }

  /** The kubeconfig is on disk: the last step. */
  kubeconfigWritten(): void {
    this.#written = true;
  }

  /** Passes for good once every resource has been read: one that cannot be decrypted may be readable later. */
  #synced(): void {
    this.#require(this.#filled, "caches");
    if (this.#readable) return;
    for (const { unreadable } of this.stores) if (unreadable !== undefined) throw unreadable;
    this.#readable = true;
  }

  #require(done: boolean, what: string): void {
    if (!done) throw new NotYetError(`${what} not ready yet`);
  }
}
