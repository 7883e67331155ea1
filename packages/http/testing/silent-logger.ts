import { Logger } from "@quarterdeck/sdk";

/** One line that was logged. */
export interface LoggedLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields: object | undefined;
}

/** A logger that keeps its lines for the test to read. */
export class SilentLogger extends Logger {
  readonly lines: LoggedLine[] = [];

  override debug(message: string, fields?: object): void {
    this.lines.push({ level: "debug", message, fields });
  }

  override info(message: string, fields?: object): void {
    this.lines.push({ level: "info", message, fields });
  }

  override warn(message: string, fields?: object): void {
    this.lines.push({ level: "warn", message, fields });
  }

  override error(message: string, fields?: object): void {
    this.lines.push({ level: "error", message, fields });
  }
}
