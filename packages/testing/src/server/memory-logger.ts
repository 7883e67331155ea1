import { ServerLogger } from "@quarterdeck/kernel";

/** One line of a log. */
export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields: { readonly [name: string]: unknown };
}

/** Keeps what is logged, for tests to look at. */
export class MemoryLogger extends ServerLogger {
  constructor(
    readonly lines: LogLine[] = [],
    private readonly fields: object = {},
  ) {
    super();
  }

  child(fields: object): MemoryLogger {
    return new MemoryLogger(this.lines, { ...this.fields, ...fields });
  }

  debug(message: string, fields?: object): void {
    this.#add("debug", message, fields);
  }

  info(message: string, fields?: object): void {
    this.#add("info", message, fields);
  }

  warn(message: string, fields?: object): void {
    this.#add("warn", message, fields);
  }

  error(message: string, fields?: object): void {
    this.#add("error", message, fields);
  }

  #add(level: LogLine["level"], message: string, fields: object | undefined): void {
    this.lines.push({ level, message, fields: { ...this.fields, ...fields } });
  }
}
