import { existsSync } from "node:fs";
import { dirname, relative } from "node:path";
import { reasonOf } from "@quarterdeck/meta";
import { cosmiconfig, type Loader } from "cosmiconfig";
import { loadModule } from "../loader/load-module.js";
import { ConfigError } from "./config-error.js";

/** The names under which a config is found, in order. */
const CONFIG_FILES = ["ts", "js", "mjs", "json", "yaml"].map((extension) => `apiserver.config.${extension}`);

/** A config file as it was read, not yet checked. */
export interface ConfigFile {
  /** As it is shown to people: relative to the working directory when it lies below it. */
  readonly shown: string | undefined;
  /** Absolute; undefined when there is no file. */
  readonly path?: string | undefined;
  /** The folder that its relative paths start from. */
  readonly directory: string;
  readonly content: unknown;
}

/** A path as it is shown to people. */
function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith("..") ? file : path;
}

const importModule: Loader = async (file) => {
  // A changed config is read again, so the module must not be the one that was imported before.
  const module = await loadModule(file, { fresh: true });
  if (!("default" in module))
    throw new ConfigError("the config has no default export: write export default defineConfig({ … })");
  return module.default;
};

const parseYaml: Loader = async (_file, text) => {
  const { parse } = await import("yaml");
  return parse(text, { prettyErrors: true, logLevel: "error" });
};

const parseJson: Loader = (_file, text) => (text.trim() === "" ? {} : JSON.parse(text));

const LOADERS: { readonly [extension: string]: Loader } = {
  ".ts": importModule,
  ".mts": importModule,
  ".js": importModule,
  ".mjs": importModule,
  ".json": parseJson,
  ".yaml": parseYaml,
  ".yml": parseYaml,
};

function failure(error: unknown, file: string): ConfigError {
  if (ConfigError.is(error)) {
    return new ConfigError(error.message, {
      file: error.file ?? file,
      path: error.path,
      value: error.value,
      nearest: error.nearest,
      cause: error.cause,
    });
  }
  const message = reasonOf(error);
  return new ConfigError(`the config cannot be read: ${message}`, { file, cause: error });
}

/** Reads the named config file, or the first of {@link CONFIG_FILES} in `cwd`; without any, an empty config. */
export async function readConfigFile(named: string | undefined, cwd: string): Promise<ConfigFile> {
  if (named !== undefined && !existsSync(named)) {
    throw new ConfigError("the config file does not exist", { file: shownPath(named, cwd) });
  }
  const file = named ?? CONFIG_FILES.map((name) => `${cwd}/${name}`).find((path) => existsSync(path));
  if (file === undefined) return { shown: undefined, directory: cwd, content: {} };
  const shown = shownPath(file, cwd);
  try {
    const explorer = cosmiconfig("apiserver", {
      searchPlaces: CONFIG_FILES,
      loaders: LOADERS,
      searchStrategy: "none",
      cache: false,
    });
    const result = named === undefined ? await explorer.search(cwd) : await explorer.load(named);
    if (result === null) return { shown: undefined, directory: cwd, content: {} };
    return {
      shown: shownPath(result.filepath, cwd),
      path: result.filepath,
      directory: dirname(result.filepath),
      content: result.config ?? {},
    };
  } catch (error) {
    throw failure(error, shown);
  }
}
