import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isJsonObject, type JsonValue } from "@quarterdeck/meta";

/** An installed npm package: its main file and its version. */
export interface PackageEntry {
  readonly file: string;
  readonly version: string | undefined;
}

const NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*/;
const CONDITIONS: ReadonlySet<string> = new Set(["node", "import", "module-sync", "default"]);

/** The first target whose conditions an `import` fulfils; nesting in package.json is bounded by its size. */
function target(exports: JsonValue | undefined): string | undefined {
  if (typeof exports === "string") return exports;
  if (Array.isArray(exports)) return exports.map(target).find((one) => one !== undefined);
  if (!isJsonObject(exports)) return undefined;
  for (const [condition, value] of Object.entries(exports)) {
    const found = CONDITIONS.has(condition) ? target(value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * Finds what `import "<specifier>"` would load from a file in `from`. `import.meta.resolve` takes no parent on Node 20
 * and `require.resolve` does not see packages with only an `import` condition.
 */
export async function findPackage(specifier: string, from: string): Promise<PackageEntry | undefined> {
  const name = NAME.exec(specifier)?.[0];
  const folder = name === undefined ? undefined : folderOf(name, from);
  if (name === undefined || folder === undefined) return undefined;
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  if (!isJsonObject(manifest)) return undefined;
  const version = typeof manifest.version === "string" ? manifest.version : undefined;
  const subpath = specifier.slice(name.length + 1);
  const exports = manifest.exports;
  const table = isJsonObject(exports) && Object.keys(exports).some((key) => key.startsWith("."));
  if (exports === undefined) {
    const main = typeof manifest.main === "string" ? manifest.main : "index.js";
    return { file: join(folder, subpath === "" ? main : subpath), version };
  }
  const key = subpath === "" ? "." : `./${subpath}`;
  const found = table && isJsonObject(exports) ? target(exports[key]) : key === "." ? target(exports) : undefined;
  return found === undefined ? undefined : { file: join(folder, found), version };
}
