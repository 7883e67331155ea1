import type { Logger } from "@quarterdeck/sdk";
import type { PluginHost } from "../assembly/plugin-host.js";
import { ConfigError } from "../config/config-error.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { PluginSearch } from "../plugin/load-plugin.js";
import type { Encryption } from "./encryption.js";
import { EncryptionGeneration } from "./encryption-generation.js";
import { loadEncryption } from "./load-encryption.js";
import { encryptionFile } from "./read-encryption.js";

/** How soon a file that could not be taken is tried again, in milliseconds: a key service may have been away. */
const AGAIN = 60_000;

/** Follows the encryption configuration: its file, and what a changed config says in its place. */
export class EncryptionReloads {
  #config: ResolvedConfig;
  #unwatch: (() => void) | undefined;
  #retry: NodeJS.Timeout | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(
    private readonly encryption: Encryption,
    config: ResolvedConfig,
    private readonly host: PluginHost,
    private readonly search: PluginSearch,
    private readonly logger: Logger,
  ) {
    this.#config = config;
    this.#watch(encryptionFile(config));
  }

  /**
   * Loads and starts what a config says; what it returns puts that in place. Rejects, and changes nothing, when it cannot be
   * used. Nothing is done for a config without encryption: that needs a restart.
   */
  async prepare(config: ResolvedConfig): Promise<() => void> {
    const rules = await loadEncryption(config, this.search);
    if (rules === undefined) return () => {};
    const next = new EncryptionGeneration(rules, this.host);
    await this.encryption.prepare(next);
    return () => {
      this.encryption.adopt(next);
      const [before, now] = [encryptionFile(this.#config), encryptionFile(config)];
      this.#config = config;
      clearTimeout(this.#retry);
      if (now !== before) this.#watch(now);
    };
  }

  /** Waits for a change under way; nothing is followed from now on. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#unwatch?.();
    clearTimeout(this.#retry);
    await this.#queue;
  }

  #watch(file: string | undefined): void {
    this.#unwatch?.();
    this.#unwatch = file === undefined ? undefined : this.host.files.watch(file, () => this.#follow());
  }

  #follow(): void {
    this.#queue = this.#queue.then(() => this.#take());
  }

  async #take(): Promise<void> {
    if (this.#ended) return;
    clearTimeout(this.#retry);
    const config = this.#config;
    const file = encryptionFile(config);
    try {
      const adopt = await this.prepare(config);
      // A changed config has said something newer meanwhile.
      if (config !== this.#config) return;
      adopt();
      this.logger.info("the changed encryption configuration is in place", { file });
    } catch (error) {
      const reason = ConfigError.is(error) ? error.line : error instanceof Error ? error.message : String(error);
      this.logger.error("the changed encryption configuration is not taken, the one that runs stays", { file, reason });
      if (!this.#ended) this.#retry = setTimeout(() => this.#follow(), AGAIN).unref();
    }
  }
}
