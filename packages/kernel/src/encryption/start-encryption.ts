import type { PluginHost } from "../assembly/plugin-host.js";
import type { Blueprint } from "../blueprint/blueprint.js";
import { Encryption } from "./encryption.js";
import { EncryptionGeneration } from "./encryption-generation.js";
import { TransformMetrics } from "./transform-metrics.js";

/** Makes and starts the providers that a config names, before anything is read; undefined when it names none. */
export async function startEncryption(
  { plugins, descriptors }: Pick<Blueprint, "plugins" | "descriptors">,
  host: PluginHost,
): Promise<Encryption | undefined> {
  if (plugins.encryption === undefined) return undefined;
  const first = new EncryptionGeneration(plugins.encryption.rules, host);
  const encryption = new Encryption(first, descriptors, new TransformMetrics(host.metrics), host.logger);
  await encryption.start();
  return encryption;
}
