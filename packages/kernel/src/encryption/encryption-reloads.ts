import type { Logger } from "@quarterdeck/sdk";
import type { PluginHost } from "../assembly/plugin-host.js";
import { lineOf } from "../config/config-error.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { PluginSearch } from "../plugin/load-plugin.js";
import type { Encryption } from "./encryption.js";
import { EncryptionGeneration } from "./encryption-generation.js";
import { loadEncryption } from "./load-encryption.js";
import { encryptionDigest, encryptionFile } from "./read-encryption.js";

/** How soon a file that could not be taken is tried again, in milliseconds: a key service may have been away. */
const AGAIN = 60_000;

/** When the watch of a file has looked at it for the first time, in milliseconds. */
const FIRST_LOOK = 1000;

/** Follows the encryption configuration: its file, and what a changed config says in its place. */
export class EncryptionReloads {
  #config: ResolvedConfig;
  /** Of the content that is in place. */
  #digest: string | undefined;
  #unwatch: (() => void) | undefined;
  #retry: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(
    private readonly encryption: Encryption,
    config: ResolvedConfig,
    private readonly host: PluginHost,
    private readonly search: PluginSearch,
    private readonly logger: Logger,
    digest: string | undefined,
  ) {
    this.#config = config;
    this.#digest = digest;
    this.#watch(encryptionFile(config));
  }

  /**
   * Loads and starts what a config says; what it returns puts that in place. Rejects, and changes nothing, when it cannot be
   * used. Nothing is done for a config without encryption: that needs a restart.
   */
  async prepare(config: ResolvedConfig): Promise<() => void> {
    const loaded = await loadEncryption(config, this.search);
    if (loaded === undefined) return () => {};
    const next = new EncryptionGeneration(loaded.rules, this.host);
    await this.encryption.prepare(next);
    return () => {
      this.encryption.adopt(next);
      const [before, now] = [encryptionFile(this.#config), encryptionFile(config)];
      this.#config = config;
      this.#digest = loaded.digest;
      clearTimeout(this.#retry);
      if (now !== before) this.#watch(now);
    };
  }

  /** Waits for a change under way; nothing is followed from now on. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#unwatch?.();
    clearTimeout(this.#retry);
    clearTimeout(this.#look);
    await this.#queue;
  }

  #watch(file: string | undefined): void {
    this.#unwatch?.();
    clearTimeout(this.#look);
    this.#unwatch = undefined;
    if (file === undefined) return;
    this.#unwatch = this.host.files.watch(file, () => this.#follow());
    // The file may have changed after it was read and before the first look of the watch.
    const compare = async () => {
      const digest = await encryptionDigest(file);
      if (digest !== undefined && digest !== this.#digest) this.#follow();
    };
    this.#look = setTimeout(() => void compare(), FIRST_LOOK).unref();
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
      const reason = lineOf(error);
      this.logger.error("the changed encryption configuration is not taken, the one that runs stays", { file, reason });
      if (!this.#ended) this.#retry = setTimeout(() => this.#follow(), AGAIN).unref();
    }
  }
}
