import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { NamedStorage, StorageSet } from "../storage/storage-set.js";

/** Knows by its key in which storage of a config an object belongs. */
export class KeyOwners {
  readonly #overrides: readonly (readonly [prefix: string, storage: NamedStorage])[];
  readonly #default: NamedStorage | undefined;

  constructor(
    readonly storages: StorageSet,
    descriptors: readonly ResourceDescriptor[],
  ) {
    const [first, ...others] = storages.all;
    this.#default = first;
    this.#overrides = descriptors.flatMap((descriptor) => {
      const storage = storages.of(descriptor.storedIn);
      const owner = others.find((one) => one.storage === storage);
      return owner === undefined ? [] : [[descriptor.keyPrefix, owner] as const];
    });
  }

  /** True when the config keeps the object of this key in this storage. */
  owns(storage: NamedStorage, key: string): boolean {
    const override = this.#overrides.find(([prefix]) => key.startsWith(prefix));
    return storage === (override?.[1] ?? this.#default);
  }
}
