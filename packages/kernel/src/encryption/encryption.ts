import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { Logger, Storage } from "@quarterdeck/sdk";
import { EncryptedStorage, IDENTITY, type ValueTransformer } from "@quarterdeck/storage";
import { startPlugins, stopPlugins } from "../lifecycle/plugin-lifecycle.js";
import type { EncryptionGeneration } from "./encryption-generation.js";
import type { TransformMetrics } from "./transform-metrics.js";

/** How long values that are on their way may still need the providers before, in milliseconds. */
const GRACE = 60_000;

interface Target {
  readonly group: string;
  readonly resource: string;
  transformer: ValueTransformer;
}

/** Encryption at rest of one server: the layer over each of its storages, and the providers in place at present. */
export class Encryption {
  readonly #targets: ReadonlyMap<string, Target>;
  readonly #layers = new Map<Storage, EncryptedStorage>();
  readonly #leaving = new Map<NodeJS.Timeout, EncryptionGeneration>();
  #current: EncryptionGeneration;

  constructor(
    first: EncryptionGeneration,
    descriptors: readonly Pick<ResourceDescriptor, "storedIn" | "keyPrefix">[],
    private readonly metrics: TransformMetrics,
    private readonly logger: Logger,
  ) {
    this.#current = first;
    this.#targets = new Map(
      descriptors.map(({ storedIn, keyPrefix }) => [keyPrefix, { ...storedIn, transformer: IDENTITY }]),
    );
    this.#resolve();
  }

  /** The layer over a storage; the same one for all its resources, so that one transaction may write to them. */
  over(storage: Storage): EncryptedStorage {
    let layer = this.#layers.get(storage);
    if (layer === undefined) {
      layer = new EncryptedStorage(storage, (key) => this.#transformerOf(key));
      this.#layers.set(storage, layer);
    }
    return layer;
  }

  start(): Promise<void> {
    return startPlugins(this.#current.plugins);
  }

  /** Starts what a changed configuration names; rejects, and changes nothing, when it cannot do its work. */
  async prepare(next: EncryptionGeneration): Promise<void> {
    try {
      await startPlugins(next.plugins);
      await next.check();
    } catch (error) {
      await stopPlugins(next.plugins, this.logger);
      throw error;
    }
  }

  /** Puts prepared providers in place for every value from now on. */
  adopt(next: EncryptionGeneration): void {
    const before = this.#current;
    this.#current = next;
    this.#resolve();
    const timer = setTimeout(() => {
      this.#leaving.delete(timer);
      void stopPlugins(before.plugins, this.logger);
    }, GRACE).unref();
    this.#leaving.set(timer, before);
  }

  /** Rejects when a provider cannot work now. */
  check(): Promise<void> {
    return this.#current.check();
  }

  async stop(): Promise<void> {
    for (const [timer, generation] of this.#leaving) {
      clearTimeout(timer);
      await stopPlugins(generation.plugins, this.logger);
    }
    this.#leaving.clear();
    await stopPlugins(this.#current.plugins, this.logger);
  }

  #resolve(): void {
    for (const target of this.#targets.values()) {
      target.transformer = this.#current.transformerOf(target, this.metrics.observer(target));
    }
  }

  /** A key is `/registry/<group>/<resource>/…`, or without the group for the core one. */
  #transformerOf(key: string): ValueTransformer {
    const first = key.indexOf("/", key.indexOf("/", 1) + 1);
    const second = key.indexOf("/", first + 1);
    const named = second === -1 ? undefined : this.#targets.get(key.slice(0, second + 1));
    return (named ?? this.#targets.get(key.slice(0, first + 1)))?.transformer ?? IDENTITY;
  }
}
