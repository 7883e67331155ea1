import { readFileSync } from "node:fs";
import type { LoadHookContext, ResolveHookContext } from "node:module";
import { fileURLToPath } from "node:url";
import type { ModuleAliases } from "./module-aliases.js";
import { transformTypeScript } from "./transform-typescript.js";
import { isTypeScript, typescriptTwin } from "./typescript-twin.js";

interface Resolved {
  url: string;
  format?: string | null | undefined;
  shortCircuit?: boolean | undefined;
}

interface Loaded {
  format: string;
  source?: unknown;
  shortCircuit?: boolean | undefined;
}

type NextResolve = (specifier: string, context: ResolveHookContext) => Resolved;
type NextLoad = (url: string, context: LoadHookContext) => Loaded;

/** The module hooks of one process, for `module.registerHooks`: they run in the main thread. */
export interface TypeScriptHooks {
  resolve(specifier: string, context: ResolveHookContext, next: NextResolve): Resolved;
  load(url: string, context: LoadHookContext, next: NextLoad): Loaded;
}

function twinOfMissing(specifier: string, error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const isFile = specifier.startsWith(".") || specifier.startsWith("/") || specifier.startsWith("file:");
  return code === "ERR_MODULE_NOT_FOUND" && isFile ? typescriptTwin(specifier) : undefined;
}

/** Makes the hooks that let `import` take TypeScript and give it the server's own copies of the aliased packages. */
export function typescriptHooks(aliases: ModuleAliases): TypeScriptHooks {
  return {
    resolve(specifier, context, next) {
      const alias = Object.hasOwn(aliases, specifier) ? aliases[specifier] : undefined;
      if (alias !== undefined) return { url: alias, shortCircuit: true };
      // The decorator helpers that the transformed code imports are the server's, wherever the code lies.
      const from = specifier.startsWith("@oxc-project/runtime/") ? { ...context, parentURL: import.meta.url } : context;
      try {
        return next(specifier, from);
      } catch (error) {
        const twin = twinOfMissing(specifier, error);
        if (twin === undefined) throw error;
        return next(twin, context);
      }
    },
    load(url, context, next) {
      const [path = url] = url.split("?");
      if (!url.startsWith("file:") || !isTypeScript(path)) return next(url, context);
      const file = fileURLToPath(path);
      return { format: "module", source: transformTypeScript(file, readFileSync(file, "utf8")), shortCircuit: true };
    },
  };
}
