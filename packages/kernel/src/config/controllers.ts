import { nearest } from "@quarterdeck/scheme";
import { CONTROLLER_NAMES, type ControllerName } from "../controllers/controller-names.js";
import { ConfigError } from "./config-error.js";
import type { Place } from "./plugin-reference.js";

/** Reads the names of the controllers that are to run, each once; a name that there is not is a ConfigError. */
export function controllerNames(value: unknown, { path, origin: file }: Place): readonly ControllerName[] {
  if (!Array.isArray(value)) throw new ConfigError("must be a list", { path, value, file });
  const names = value.map((one: unknown, index): ControllerName => {
    const known = CONTROLLER_NAMES.find((name) => name === one);
    if (known !== undefined) return known;
    const at = { path: `${path}[${index}]`, value: one, file };
    if (typeof one !== "string") throw new ConfigError("must be the name of a controller", at);
    throw new ConfigError(`unknown controller "${one}"`, { ...at, nearest: nearest(one, CONTROLLER_NAMES) });
  });
  return Object.freeze([...new Set(names)]);
}
