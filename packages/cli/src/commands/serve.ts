import { createLogger, loadConfig, loadKernel, logFatalErrors, readyText, stopOnSignals } from "@quarterdeck/kernel";
import { DEFAULT_CATALOGUE } from "../default-catalogue.js";
import type { Arguments } from "../flags.js";

/** `serve`: starts the server and returns once it is ready; signals end it. */
export async function serve({ flags }: Arguments): Promise<undefined> {
  // Begun before the config is read, so that neither waits for the other.
  const loading = loadKernel();
  const config = await loadConfig(flags);
  const logging = flags.verbose === undefined ? config.logging : { ...config.logging, level: "debug" as const };
  const [{ Kernel }, logger] = await Promise.all([loading, createLogger(logging)]);
  logFatalErrors(logger);
  const kernel = await Kernel.start({ config, catalogue: DEFAULT_CATALOGUE, logger });
  stopOnSignals(kernel, logger);
  process.on(
    "SIGHUP",
    kernel.followConfig(() => loadConfig(flags)),
  );
  const terminal = logging.format === "text" || (logging.format === "auto" && process.stdout.isTTY === true);
  if (terminal) process.stdout.write(readyText(kernel.url, kernel.kubeconfig, kernel.descriptors));
  else logger.info("ready", { url: kernel.url, kubeconfig: kernel.kubeconfig });
  return undefined;
}
