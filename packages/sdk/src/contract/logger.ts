import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/**
 * A structured logger: a constant message and key/value fields. Injected by the class as token; each plugin gets one
 * that carries the plugin's name.
 */
export abstract class Logger {
  static readonly [INJECTION_TOKEN]: string = "logger";
  abstract debug(message: string, fields?: object): void;
  abstract info(message: string, fields?: object): void;
  abstract warn(message: string, fields?: object): void;
  abstract error(message: string, fields?: object): void;
}
