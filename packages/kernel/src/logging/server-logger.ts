import { Logger } from "@quarterdeck/sdk";

/** The levels of the config, least important first. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A logger that makes loggers for parts of the server. */
export abstract class ServerLogger extends Logger {
  /** The same logger with fields on every line. */
  abstract child(fields: object): ServerLogger;
}
