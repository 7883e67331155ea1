import { reasonOf } from "@quarterdeck/meta";

/** What a {@link ConfigError} knows beside its message; all of it is printed in one line. */
export interface ConfigErrorDetails {
  /** Where in the config: `admission[1]`, `server.port`, or the flag or variable that said it. */
  readonly path?: string | undefined;
  /** What stands there. */
  readonly value?: unknown;
  /** The file that says so, as it is to be shown. */
  readonly file?: string | undefined;
  /** The known name that comes nearest. */
  readonly nearest?: string | undefined;
  readonly cause?: unknown;
}

const BRAND = Symbol.for("quarterdeck.kernel/ConfigError");

function show(value: unknown): string {
  if (typeof value === "function") return `class ${value.name || "(anonymous)"}`;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined;
  }
  if (text === undefined) return String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** A mistake in what a person configured: it stops the start with one line and exit code 2. */
export class ConfigError extends Error {
  readonly [BRAND] = true;
  readonly path: string | undefined;
  readonly value: unknown;
  readonly file: string | undefined;
  readonly nearest: string | undefined;

  constructor(message: string, details: ConfigErrorDetails = {}) {
    super(message.replace(/\s*\n\s*/g, " "), details.cause === undefined ? {} : { cause: details.cause });
    this.name = "ConfigError";
    this.path = details.path;
    this.value = details.value;
    this.file = details.file;
    this.nearest = details.nearest;
  }

  static is(error: unknown): error is ConfigError {
    return typeof error === "object" && error !== null && BRAND in error;
  }

  /** `what is wrong at <path> = <value> in <file>; did you mean "<nearest>"?` */
  get line(): string {
    const value = this.value === undefined ? "" : ` = ${show(this.value)}`;
    const at = this.path === undefined ? "" : ` at ${this.path}${value}`;
    const file = this.file === undefined ? "" : ` in ${this.file}`;
    const nearest = this.nearest === undefined ? "" : `; did you mean "${this.nearest}"?`;
    return `${this.message}${at}${file}${nearest}`;
  }
}

/** One line of what went wrong: where in the config a mistake is, or the reason of another error. */
export function lineOf(error: unknown): string {
  return ConfigError.is(error) ? error.line : reasonOf(error);
}
