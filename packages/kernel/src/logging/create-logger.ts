import type { LoggingOptions } from "../config/logging-options.js";
import type { ServerLogger } from "./server-logger.js";
import { TextLogger } from "./text-logger.js";

/** The logger that the config asks for; `auto` is text on a terminal and JSON elsewhere. */
export async function createLogger(
  options: Readonly<LoggingOptions>,
  terminal = process.stdout.isTTY === true,
): Promise<ServerLogger> {
  if (options.format === "text" || (options.format === "auto" && terminal))
    return new TextLogger(process.stdout, options.level);
  const { JsonLogger } = await import("./json-logger.js");
  return JsonLogger.create(options.level);
}
