import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { moduleRunnerTransformSync } from "oxc-transform";
import type { ModuleAliases } from "./module-aliases.js";
import type { ModuleExports } from "./module-exports.js";
import { findPackage } from "./package-entry.js";
import { transformTypeScript } from "./transform-typescript.js";
import { isTypeScript, typescriptTwin } from "./typescript-twin.js";

// Node before 22.15 runs module hooks in a thread of their own, which costs a start 65 ms and 24 MB. There the few
// TypeScript modules of a config are run here instead; what they import that is JavaScript is imported as ever.

/** A TypeScript module; its exports are there, as getters, before it has run to its end. */
interface RunModule {
  readonly file: string;
  readonly exports: { readonly [name: string]: unknown };
  done: Promise<void>;
  /** The module it waits for just now: modules run their imports one after the other. */
  waitsFor: RunModule | undefined;
}

interface ImportMetadata {
  readonly importedNames?: readonly string[];
}

function notFound(what: string, importer: string): Error {
  const error = new Error(`Cannot find ${what} imported from ${importer}`);
  return Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" });
}

/** Runs TypeScript modules and, through them, others; each file once. */
export class TypeScriptRunner {
  readonly #modules = new Map<string, RunModule>();

  constructor(private readonly aliases: ModuleAliases) {}

  /** The exports of a TypeScript file, once it and all that it imports have run; a URL with another query runs it again. */
  async run(url: string): Promise<ModuleExports> {
    const { search } = new URL(url);
    const module = this.#module(fileURLToPath(url), search);
    await module.done;
    return module.exports;
  }

  #module(file: string, search = ""): RunModule {
    const known = this.#modules.get(file + search);
    if (known !== undefined) return known;
    const exports: { [name: string]: unknown } = Object.create(null);
    const module: RunModule = { file, exports, done: Promise.resolve(), waitsFor: undefined };
    this.#modules.set(file + search, module);
    module.done = this.#execute(module);
    return module;
  }

  async #execute(module: RunModule): Promise<void> {
    const { file, exports } = module;
    const javascript = transformTypeScript(file, await readFile(file, "utf8"));
    const { code } = moduleRunnerTransformSync(file.replace(/ts$/, "js"), javascript);
    const parameters =
      "__vite_ssr_exports__, __vite_ssr_import__, __vite_ssr_dynamic_import__, __vite_ssr_exportAll__, __vite_ssr_import_meta__";
    const script = new Script(`(async (${parameters}) => {"use strict";\n${code}\n})`, {
      filename: pathToFileURL(file).href,
      lineOffset: -1,
    });
    const exportAll = (from: ModuleExports): void => {
      for (const name of Object.keys(from)) {
        if (name === "default" || name in exports) continue;
        Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => from[name] });
      }
    };
    await script.runInThisContext()(
      exports,
      (specifier: string, { importedNames = [] }: ImportMetadata = {}) =>
        this.#import(specifier, module, importedNames),
      // A dynamic import does not hold the module up, so it waits as somebody else.
      (specifier: string) => this.#import(String(specifier), { ...module }, []),
      exportAll,
      { url: pathToFileURL(file).href, filename: file, dirname: dirname(file) },
    );
  }

  async #import(specifier: string, importer: RunModule, names: readonly string[]): Promise<ModuleExports> {
    const target = await this.#resolve(specifier, importer.file);
    const exports =
      isTypeScript(target) && isAbsolute(target)
        ? await this.#await(this.#module(target), importer)
        : await import(target);
    for (const name of names) {
      if (name in exports) continue;
      throw new SyntaxError(`${importer.file}: the module '${specifier}' does not provide an export named '${name}'`);
    }
    return exports;
  }

  /** Waits for a module unless it waits, over however many others, for the importer: then its exports must do. */
  async #await(target: RunModule, importer: RunModule): Promise<ModuleExports> {
    for (let at: RunModule | undefined = target; at !== undefined; at = at.waitsFor)
      if (at === importer) return target.exports;
    importer.waitsFor = target;
    try {
      await target.done;
    } finally {
      importer.waitsFor = undefined;
    }
    return target.exports;
  }

  /** The absolute path of a TypeScript file, or whatever `import()` takes for anything else. */
  async #resolve(specifier: string, importer: string): Promise<string> {
    const alias = Object.hasOwn(this.aliases, specifier) ? this.aliases[specifier] : undefined;
    if (alias !== undefined) return alias;
    if (isBuiltin(specifier) || specifier.startsWith("data:") || specifier.startsWith("@oxc-project/runtime/"))
      return specifier;
    const isFile = specifier.startsWith(".") || specifier.startsWith("file:") || isAbsolute(specifier);
    const file = isFile ? this.#file(specifier, importer) : (await findPackage(specifier, dirname(importer)))?.file;
    if (file === undefined) throw notFound(isFile ? `module '${specifier}'` : `package '${specifier}'`, importer);
    return isTypeScript(file) ? file : pathToFileURL(file).href;
  }

  #file(specifier: string, importer: string): string | undefined {
    const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(dirname(importer), specifier);
    if (existsSync(path)) return path;
    const twin = typescriptTwin(path);
    return twin !== undefined && existsSync(twin) ? twin : undefined;
  }
}
