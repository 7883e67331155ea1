import { formatGroupResource } from "@quarterdeck/meta";
import type { ResourceReference, Storage } from "@quarterdeck/sdk";
import { ConfigError } from "../config/config-error.js";
import type { LoadedService } from "../plugin/loaded-plugin.js";
import type { LoadedStorage } from "./load-storages.js";

/** A storage that is made, with what it is called and what is put there. */
export interface NamedStorage extends LoadedStorage {
  readonly storage: Storage;
}

/** The storages of a server: one for most resources, and those of overrides. */
export class StorageSet {
  readonly #default: Storage;
  readonly #overrides: ReadonlyMap<string, Storage>;

  private constructor(
    first: NamedStorage,
    /** Each once; the first is the one that is not an override. */
    readonly all: readonly NamedStorage[],
  ) {
    this.#default = first.storage;
    this.#overrides = new Map(all.flatMap(({ resources, storage }) => resources.map((name) => [name, storage])));
  }

  /** Makes all of them; two that keep their data in one place are a {@link ConfigError}. */
  static make(loaded: readonly LoadedStorage[], make: (plugin: LoadedService<"storage">) => Storage): StorageSet {
    const all = loaded.map((one) => ({ ...one, storage: make(one.plugin) }));
    const [first] = all;
    if (first === undefined) throw new TypeError("a server has a storage");
    checkLocations(all);
    return new StorageSet(first, all);
  }

  /** Where the objects of a resource are kept. */
  of(resource: ResourceReference): Storage {
    return this.#overrides.get(formatGroupResource(resource)) ?? this.#default;
  }

  /** Opens all side by side; when one cannot be opened the others are closed again and the first failure is thrown. */
  async open(): Promise<this> {
    const opening = this.all.map(({ storage }) => storage.open());
    const failed = (await Promise.allSettled(opening)).some(({ status }) => status === "rejected");
    if (failed) {
      const opened = opening.map((one, index) => one.then(() => this.all[index]?.storage.close()));
      await Promise.allSettled(opened);
    }
    await Promise.all(opening);
    return this;
  }

  /** Closes all, also when one of them fails. */
  async close(): Promise<void> {
    const closing = this.all.map(({ storage }) => storage.close());
    await Promise.allSettled(closing);
    await Promise.all(closing);
  }
}

function checkLocations(all: readonly NamedStorage[]): void {
  const seen = new Map<string, NamedStorage>();
  for (const one of all) {
    const { location } = one.storage;
    if (location === undefined) continue;
    const other = seen.get(location);
    if (other !== undefined) {
      const { path, name, origin } = one.plugin;
      const message = `keeps its data in ${location}, as ${other.plugin.path} does: give it a place of its own, or write both alike`;
      throw new ConfigError(message, { path, value: name, file: origin });
    }
    seen.set(location, one);
  }
}
