import { dirname } from "node:path";
import { resolveConfig } from "@quarterdeck/kernel";
import type { ValueTransformer } from "@quarterdeck/storage";
import { DEFAULT_CATALOGUE } from "quarterdeck";
import { PluginHost } from "../../packages/kernel/src/assembly/plugin-host.js";
import { EncryptionGeneration } from "../../packages/kernel/src/encryption/encryption-generation.js";
import { parseGroupResource } from "../../packages/kernel/src/encryption/group-resource.js";
import { loadEncryption } from "../../packages/kernel/src/encryption/load-encryption.js";
import { startPlugins, stopPlugins } from "../../packages/kernel/src/lifecycle/plugin-lifecycle.js";
import { TextLogger } from "../../packages/kernel/src/logging/text-logger.js";

/** What this server makes of the file of an EncryptionConfiguration. */
export class OurTransformers {
  private constructor(
    private readonly generation: EncryptionGeneration,
    private readonly logger: TextLogger,
  ) {}

  /** Rejects for what the server would not start with. */
  static async load(file: string): Promise<OurTransformers> {
    const directory = dirname(file);
    const config = resolveConfig({ shown: "test config", directory, content: { storage: { encryption: file } } });
    const logger = new TextLogger({ write: () => {} }, "error");
    const loaded = await loadEncryption(config, { catalogue: DEFAULT_CATALOGUE, directory });
    const generation = new EncryptionGeneration(loaded?.rules ?? [], new PluginHost(config, logger));
    await startPlugins(generation.plugins);
    return new OurTransformers(generation, logger);
  }

  of(resource: string): ValueTransformer {
    return this.generation.transformerOf(parseGroupResource(resource), () => {});
  }

  stop(): Promise<void> {
    return stopPlugins(this.generation.plugins, this.logger);
  }
}
