import { LOG_LEVELS, type LogLevel, ServerLogger } from "./server-logger.js";

/** Where lines go. */
export interface TextSink {
  write(text: string): unknown;
}

function field(value: unknown): string {
  if (value instanceof Error) return value.message;
  return typeof value === "string" && /^\S+$/.test(value) ? value : (JSON.stringify(value) ?? String(value));
}

/** Lines for people: the message, then its fields as `key=value`; warnings and errors say so. */
export class TextLogger extends ServerLogger {
  constructor(
    private readonly sink: TextSink,
    private readonly level: LogLevel,
    private readonly fields: object = {},
  ) {
    super();
  }

  child(fields: object): TextLogger {
    return new TextLogger(this.sink, this.level, { ...this.fields, ...fields });
  }

  debug(message: string, fields?: object): void {
    this.#write("debug", message, fields);
  }

  info(message: string, fields?: object): void {
    this.#write("info", message, fields);
  }

  warn(message: string, fields?: object): void {
    this.#write("warn", message, fields);
  }

  error(message: string, fields?: object): void {
    this.#write("error", message, fields);
  }

  #write(level: LogLevel, message: string, fields: object | undefined): void {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(this.level)) return;
    const prefix = level === "info" ? "" : `${level}: `;
    const rest = Object.entries({ ...this.fields, ...fields }).map(([key, value]) => ` ${key}=${field(value)}`);
    this.sink.write(`${prefix}${message}${rest.join("")}\n`);
  }
}
