import { runCheck } from "@quarterdeck/http";
import { StorageHealth } from "@quarterdeck/sdk";
import { storageCheck } from "../lifecycle/storage-check.js";
import type { NamedStorage } from "./storage-set.js";

/** Asks the storages as `/readyz` does. */
export class StorageProbes extends StorageHealth {
  readonly #checks;

  constructor(storages: readonly NamedStorage[]) {
    super();
    this.#checks = storages.map(({ name, storage }) => storageCheck(name, storage));
  }

  override check(): Promise<readonly unknown[]> {
    return Promise.all(this.#checks.map(runCheck));
  }
}
