import * as nodeModule from "node:module";
import type { ModuleAliases } from "./module-aliases.js";
import type { ModuleExports } from "./module-exports.js";

type Import = (url: string) => Promise<ModuleExports>;

// The synchronous hooks came with Node 22.15; the types are those of Node 20.
type RegisterHooks = (hooks: object) => void;

function ownCopies(): ModuleAliases {
  if (typeof import.meta.resolve !== "function") return {};
  const found: [string, string][] = [];
  for (const name of ["@quarterdeck/sdk", "@quarterdeck/meta", "reflect-metadata"]) {
    try {
      found.push([name, import.meta.resolve(name)]);
    } catch {
      // A bundle that carries the package inside has no file of it; it says where through setModuleAliases.
    }
  }
  return Object.fromEntries(found);
}

const importNatively: Import = (url) => import(url);

let aliases: ModuleAliases | undefined;
let loading: Promise<Import> | undefined;

/** Says which files stand for `@quarterdeck/*` in user code; a bundle calls it before the first config is loaded. */
export function setModuleAliases(map: ModuleAliases): void {
  aliases = map;
}

async function prepare(): Promise<Import> {
  // When the kernel itself runs from TypeScript, whatever runs it runs the user's files as well.
  if (import.meta.url.endsWith(".ts")) return importNatively;
  const known = aliases ?? ownCopies();
  const registerHooks: RegisterHooks | undefined = Reflect.get(nodeModule, "registerHooks");
  if (registerHooks !== undefined) {
    const { typescriptHooks } = await import("./typescript-hooks.js");
    registerHooks(typescriptHooks(known));
    return importNatively;
  }
  const { TypeScriptRunner } = await import("./typescript-runner.js");
  const runner = new TypeScriptRunner(known);
  return (url) => runner.run(url);
}

/** Imports a TypeScript file, named by its URL, with legacy decorators and constructor metadata; the compiler is loaded when first needed. */
export async function importTypeScript(url: string): Promise<ModuleExports> {
  loading ??= prepare();
  return (await loading)(url);
}
