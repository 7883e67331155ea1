import type { Logger } from "@quarterdeck/sdk";
import type { Assembly } from "../assembly/assemble.js";
import type { Generation } from "../assembly/generation.js";
import { loadExchanged } from "../blueprint/load-plugins.js";
import type { ObjectObservers } from "../client/object-observers.js";
import { lineOf } from "../config/config-error.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { EncryptionReloads } from "../encryption/encryption-reloads.js";
import type { PluginSearch } from "../plugin/load-plugin.js";
import { needsRestart } from "./needs-restart.js";
import { startPlugins, stopPlugins } from "./plugin-lifecycle.js";

/** How long requests that an exchanged plugin has begun to look at may take, in milliseconds, before it is stopped. */
const GRACE = 60_000;

/** Exchanges what a changed config names, one change after the other. */
export class ConfigReloads {
  #current: Generation;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #leaving = new Map<NodeJS.Timeout, Generation>();

  constructor(
    private readonly assembly: Assembly,
    private readonly observers: ObjectObservers,
    private readonly first: ResolvedConfig,
    private readonly search: PluginSearch,
    private readonly logger: Logger,
    private readonly encryption: EncryptionReloads | undefined,
  ) {
    this.#current = assembly.first;
  }

  /** Rejects, and changes nothing, when the config names what cannot be loaded, made or started. */
  reload(config: ResolvedConfig): Promise<void> {
    const done = this.#queue.then(() => this.#exchange(config));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Reads a config that has changed and reloads it; whatever is wrong with it is logged. */
  async follow(read: () => Promise<ResolvedConfig>): Promise<void> {
    try {
      await this.reload(await read());
    } catch (error) {
      const reason = lineOf(error);
      this.logger.error("the changed config is not taken, the one that runs stays", { reason });
    }
  }

  /** Waits for a change under way and stops what has left already; the generation that is in place is still to be stopped. */
  async end(): Promise<Generation> {
    await this.#queue;
    await this.encryption?.end();
    for (const [timer, generation] of this.#leaving) {
      clearTimeout(timer);
      await stopPlugins(generation.plugins, this.logger);
    }
    this.#leaving.clear();
    return this.#current;
  }

  async #exchange(config: ResolvedConfig): Promise<void> {
    let encrypt = (): void => {};
    const next = this.assembly.generation(await loadExchanged(config, this.search));
    try {
      await this.observers.ready();
      await startPlugins(next.plugins);
      if (this.encryption !== undefined) encrypt = await this.encryption.prepare(config);
    } catch (error) {
      await stopPlugins(next.plugins, this.logger);
      throw error;
    }
    const before = this.#current;
    this.assembly.adopt(next, before);
    encrypt();
    this.#current = next;
    this.#leave(before);
    this.logger.info("the changed config is in place", { file: config.file });
    const waiting = needsRestart(this.first, config);
    if (waiting.length > 0) this.logger.warn("parts of the changed config need a restart", { sections: waiting });
  }

  #leave(generation: Generation): void {
    const timer = setTimeout(() => {
      this.#leaving.delete(timer);
      void stopPlugins(generation.plugins, this.logger);
    }, GRACE).unref();
    this.#leaving.set(timer, generation);
  }
}
