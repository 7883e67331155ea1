import { type Logger as Pino, pino, stdSerializers } from "pino";
import { type LogLevel, ServerLogger } from "./server-logger.js";

// Imported only when logs are JSON; a terminal does without pino.

/** One JSON object per line on standard output, by pino; written at once, so that a crash loses nothing. */
export class JsonLogger extends ServerLogger {
  constructor(private readonly pino: Pino) {
    super();
  }

  static create(level: LogLevel): JsonLogger {
    const options = {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: stdSerializers.err },
    };
    return new JsonLogger(pino(options, pino.destination({ dest: 1, sync: true })));
  }

  child(fields: object): JsonLogger {
    return new JsonLogger(this.pino.child(fields));
  }

  debug(message: string, fields: object = {}): void {
    this.pino.debug(fields, message);
  }

  info(message: string, fields: object = {}): void {
    this.pino.info(fields, message);
  }

  warn(message: string, fields: object = {}): void {
    this.pino.warn(fields, message);
  }

  error(message: string, fields: object = {}): void {
    this.pino.error(fields, message);
  }
}
