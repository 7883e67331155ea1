import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { LoadHookContext, ResolveHookContext } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";

// Loaded only when a config, a resource or a plugin is TypeScript; on Node below 22.15 it runs in the hooks thread.

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

const TYPESCRIPT = /\.m?ts$/;
const JAVASCRIPT = /\.(m?)js$/;
let aliases: { readonly [specifier: string]: string } = {};

/** Called by `module.register` in the hooks thread, and directly where hooks run in the main thread. */
export function initialize(data: { readonly aliases: { readonly [specifier: string]: string } }): void {
  aliases = data.aliases;
}

function alias(specifier: string): string | undefined {
  return Object.hasOwn(aliases, specifier) ? aliases[specifier] : undefined;
}

/** The decorator helpers that the transformed code imports are the server's, wherever the code lies. */
function fromHere(specifier: string, context: ResolveHookContext): ResolveHookContext {
  return specifier.startsWith("@oxc-project/runtime/") ? { ...context, parentURL: import.meta.url } : context;
}

/** `./x.js` is `./x.ts` when there is no `./x.js`, as TypeScript itself has it. */
function typescriptTwin(specifier: string, error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const isFile = specifier.startsWith(".") || specifier.startsWith("/") || specifier.startsWith("file:");
  return code === "ERR_MODULE_NOT_FOUND" && isFile && JAVASCRIPT.test(specifier) ? specifier.replace(JAVASCRIPT, ".$1ts") : undefined;
}

function place(source: string, offset: number): string {
  const before = source.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function transform(url: string, source: string): Loaded {
  const file = fileURLToPath(url);
  const result = transformSync(file, source, {
    lang: "ts",
    sourceType: "module",
    target: "es2022",
    decorator: { legacy: true, emitDecoratorMetadata: true },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  });
  const error = result.errors.find((one) => one.severity === "Error");
  if (error !== undefined) {
    const label = error.labels[0];
    throw new SyntaxError(`${file}:${label === undefined ? "1:1" : place(source, label.start)}: ${error.message}`);
  }
  return { format: "module", source: result.code, shortCircuit: true };
}

/** `resolve` of the asynchronous hooks. */
export async function resolve(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => Resolved | Promise<Resolved>,
): Promise<Resolved> {
  const known = alias(specifier);
  if (known !== undefined) return { url: known, shortCircuit: true };
  try {
    return await next(specifier, fromHere(specifier, context));
  } catch (error) {
    const twin = typescriptTwin(specifier, error);
    if (twin === undefined) throw error;
    return await next(twin, context);
  }
}

/** `load` of the asynchronous hooks. */
export async function load(
  url: string,
  context: LoadHookContext,
  next: (url: string, context: LoadHookContext) => Loaded | Promise<Loaded>,
): Promise<Loaded> {
  if (!url.startsWith("file:") || !TYPESCRIPT.test(url)) return next(url, context);
  return transform(url, await readFile(fileURLToPath(url), "utf8"));
}

/** `resolve` of the synchronous hooks. */
export function resolveSync(
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: ResolveHookContext) => Resolved,
): Resolved {
  const known = alias(specifier);
  if (known !== undefined) return { url: known, shortCircuit: true };
  try {
    return next(specifier, fromHere(specifier, context));
  } catch (error) {
    const twin = typescriptTwin(specifier, error);
    if (twin === undefined) throw error;
    return next(twin, context);
  }
}

/** `load` of the synchronous hooks. */
export function loadSync(url: string, context: LoadHookContext, next: (url: string, context: LoadHookContext) => Loaded): Loaded {
  if (!url.startsWith("file:") || !TYPESCRIPT.test(url)) return next(url, context);
  return transform(url, readFileSync(fileURLToPath(url), "utf8"));
}
