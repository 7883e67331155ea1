import * as nodeModule from "node:module";

/** Specifiers that TypeScript files of the user get the running server's own copy of: specifier → file URL. */
export type ModuleAliases = { readonly [specifier: string]: string };

// The synchronous hooks came with Node 22.15; the types are those of Node 20.
type RegisterHooks = (hooks: { resolve: unknown; load: unknown }) => void;

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

let aliases: ModuleAliases | undefined;
let installed: Promise<void> | undefined;

/** Says which files stand for `@quarterdeck/*` in user code; a bundle calls it before the first config is loaded. */
export function setModuleAliases(map: ModuleAliases): void {
  aliases = map;
}

async function install(): Promise<void> {
  // When the kernel itself runs from TypeScript, whatever runs it runs the user's files as well.
  if (import.meta.url.endsWith(".ts")) return;
  const data = { aliases: aliases ?? ownCopies() };
  const registerHooks: RegisterHooks | undefined = Reflect.get(nodeModule, "registerHooks");
  if (registerHooks === undefined) {
    nodeModule.register(new URL("./typescript-hooks.js", import.meta.url), { data });
    return;
  }
  const hooks = await import("./typescript-hooks.js");
  hooks.initialize(data);
  registerHooks({ resolve: hooks.resolveSync, load: hooks.loadSync });
}

/** Makes `import()` take TypeScript with legacy decorators and constructor metadata; done once, when first needed. */
export function installTypeScript(): Promise<void> {
  installed ??= install();
  return installed;
}
