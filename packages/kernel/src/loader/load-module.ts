import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ConfigError } from "../config/config-error.js";
import type { ModuleExports } from "./module-exports.js";
import { importTypeScript } from "./typescript.js";
import { isTypeScript } from "./typescript-twin.js";

/** The line of a syntax error in JavaScript, which Node tells only when it prints it; undefined if it is elsewhere. */
function syntaxErrorLine(file: string): string | undefined {
  const { stderr } = spawnSync(process.execPath, ["--check", file], { encoding: "utf8" });
  const [first = ""] = stderr.split("\n");
  return /:(\d+)$/.exec(first)?.[1];
}

function describe(error: unknown, file: string): string {
  if (!(error instanceof Error)) return `${file} threw ${String(error)} while loading`;
  const code = "code" in error ? error.code : undefined;
  if (error.name === "SyntaxError") {
    // The TypeScript loader names file and place itself.
    if (error.message.startsWith("/")) return `syntax error: ${error.message}`;
    const line = /\.m?js$/.test(file) ? syntaxErrorLine(file) : undefined;
    return line === undefined
      ? `${file} cannot be loaded: syntax error: ${error.message}`
      : `syntax error: ${file}:${line}: ${error.message}`;
  }
  if (code === "ERR_MODULE_NOT_FOUND")
    return `${file} cannot be loaded because an import of it fails: ${error.message}`;
  return `${file} cannot be loaded: ${error.name}: ${error.message}`;
}

/** What each import of a file whose content has changed adds to its URL: modules are kept by URL for good. */
const versions = new Map<string, { readonly mark: string; readonly version: number }>();

function freshUrl(file: string): string {
  const { mtimeMs, size, ino } = statSync(file);
  const mark = `${mtimeMs}/${size}/${ino}`;
  const known = versions.get(file);
  const version = known === undefined ? 0 : known.mark === mark ? known.version : known.version + 1;
  versions.set(file, { mark, version });
  return pathToFileURL(file).href + (version === 0 ? "" : `?version=${version}`);
}

/** Imports a JavaScript or TypeScript file, with `fresh` as it stands there now; whatever fails is a {@link ConfigError} that says which file and why. */
export async function loadModule(file: string, options: { readonly fresh?: boolean } = {}): Promise<ModuleExports> {
  if (!existsSync(file)) throw new ConfigError(`the file ${file} does not exist`);
  try {
    const url = options.fresh === true ? freshUrl(file) : pathToFileURL(file).href;
    return isTypeScript(file) ? await importTypeScript(url) : await import(url);
  } catch (error) {
    if (ConfigError.is(error)) throw error;
    throw new ConfigError(describe(error, file), { cause: error });
  }
}
