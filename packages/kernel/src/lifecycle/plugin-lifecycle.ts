import { reasonOf } from "@quarterdeck/meta";
import type { Logger } from "@quarterdeck/sdk";
import type { MadePlugin } from "../assembly/generation.js";

/** A plugin's `start` failed; the message names the plugin and where the config names it. */
class PluginStartError extends Error {
  constructor({ name, place }: MadePlugin, cause: unknown) {
    super(`plugin "${name}" (${place}) could not start: ${reasonOf(cause)}`, {
      cause,
    });
    this.name = "PluginStartError";
  }
}

/** Starts plugins side by side; rejects with the error of the first in order, once all have tried. */
export async function startPlugins(plugins: readonly MadePlugin[]): Promise<void> {
  const starts = plugins.map(async (plugin) => {
    try {
      await plugin.instance.start?.();
    } catch (error) {
      throw new PluginStartError(plugin, error);
    }
  });
  await Promise.allSettled(starts);
  await Promise.all(starts);
}

async function stopPlugin({ name, instance }: MadePlugin, logger: Logger): Promise<void> {
  try {
    await instance.stop?.();
  } catch (error) {
    logger.error("a plugin did not stop cleanly", { plugin: name, error });
  }
}

/** Stops plugins one by one, the last first; one that fails is logged and the others are stopped all the same. */
export async function stopPlugins(plugins: readonly MadePlugin[], logger: Logger): Promise<void> {
  for (const plugin of [...plugins].reverse()) await stopPlugin(plugin, logger);
}

/** Stops plugins that do not need each other side by side. */
export async function stopTogether(plugins: readonly MadePlugin[], logger: Logger): Promise<void> {
  await Promise.all(plugins.map((plugin) => stopPlugin(plugin, logger)));
}
