import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { isJsonObject, reasonOf } from "@quarterdeck/meta";
import { decodeDocuments } from "@quarterdeck/wire";
import { UsageError } from "../usage-error.js";
import type { Manifest } from "./manifest.js";

/** What is read of a folder; a file that is named itself may be called anything. */
const EXTENSIONS: ReadonlySet<string> = new Set([".json", ".yaml", ".yml"]);
const STANDARD_INPUT = "-";

/** The files of a path: itself, or those of a folder in the order of their names. */
async function filesOf(path: string, recursive: boolean): Promise<readonly string[]> {
  if (path === STANDARD_INPUT) return [path];
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`the path "${path}" does not exist`);
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const sorted = entries.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of sorted) {
    const child = join(path, entry.name);
    if (!entry.isDirectory()) files.push(...(EXTENSIONS.has(extname(child)) ? [child] : []));
    else if (recursive) files.push(...(await filesOf(child, true)));
  }
  return files;
}

async function textOf(file: string, standardInput: AsyncIterable<unknown>): Promise<Buffer> {
  if (file !== STANDARD_INPUT) return readFile(file);
  const chunks: Buffer[] = [];
  for await (const chunk of standardInput) chunks.push(Buffer.from(String(chunk)));
  return Buffer.concat(chunks);
}

/** A list stands for its items. */
function* itemsOf({ object, source }: Manifest): Iterable<Manifest> {
  const { kind, items } = object;
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) {
    yield { object, source };
    return;
  }
  for (const [index, item] of items.entries()) {
    if (!isJsonObject(item)) throw new UsageError(`${source}: items[${index}] is no object`);
    yield* itemsOf({ object: item, source: `${source}, items[${index}]` });
  }
}

async function manifestsOf(file: string, standardInput: AsyncIterable<unknown>): Promise<readonly Manifest[]> {
  const name = file === STANDARD_INPUT ? "standard input" : file;
  const text = await textOf(file, standardInput);
  const documents = await decodeDocuments(text).catch((error: unknown) => {
    throw new UsageError(`${name}: ${reasonOf(error)}`);
  });
  return documents.flatMap(({ object, duplicates }, index) => {
    const source = documents.length === 1 ? name : `${name}, document ${index + 1}`;
    if (duplicates.length > 0) throw new UsageError(`${source}: ${duplicates.join(", ")} stands there twice`);
    return [...itemsOf({ object, source })];
  });
}

/**
 * Reads the objects of files, of the `.json`, `.yaml` and `.yml` files of folders, and of `-`, the standard input, in that
 * order; lists are taken apart. Throws {@link UsageError} for what is not there or cannot be read as objects.
 */
export async function readManifests(
  paths: readonly string[],
  recursive: boolean,
  standardInput: AsyncIterable<unknown>,
): Promise<readonly Manifest[]> {
  const manifests: Manifest[] = [];
  for (const path of paths) {
    for (const file of await filesOf(path, recursive)) manifests.push(...(await manifestsOf(file, standardInput)));
  }
  if (manifests.length === 0) throw new UsageError("no objects passed to apply");
  return manifests;
}
