import { Logger } from "@quarterdeck/sdk";

/** One logged line. */
export interface KeptLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields: object;
}

/** A logger whose lines a test can read. */
export class KeptLogger extends Logger {
  readonly lines: KeptLine[] = [];

  debug(message: string, fields: object = {}): void {
    this.lines.push({ level: "debug", message, fields });
  }

  info(message: string, fields: object = {}): void {
    this.lines.push({ level: "info", message, fields });
  }

  warn(message: string, fields: object = {}): void {
    this.lines.push({ level: "warn", message, fields });
  }

  error(message: string, fields: object = {}): void {
    this.lines.push({ level: "error", message, fields });
  }

  /** All that was logged, as one text. */
  get text(): string {
    return this.lines.map(({ level, message, fields }) => `${level} ${message} ${JSON.stringify(fields)}`).join("\n");
  }
}
