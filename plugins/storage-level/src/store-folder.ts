import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { StorageDamagedError } from "./open-errors.js";
import { assertFormat, FORMAT, parseDescription } from "./store-meta.js";

const MARK = "quarterdeck.json";
const TRACES = /^\d+\.(?:log|ldb|sst)$/;

/** What lies beside the database. */
export interface FolderMark {
  /** The revision that was noted last. */
  readonly revision: number;
  /** Whether that was at an orderly end. */
  readonly closed: boolean;
}

/**
 * Makes the folder if need be and looks at what is in it before LevelDB does, which would begin a new database where
 * it misses its own first file. Undefined for a fresh folder.
 */
export async function inspectFolder(path: string): Promise<FolderMark | undefined> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const names = await readdir(path);
  const marked = names.includes(MARK);
  if (!names.includes("CURRENT") && (marked || names.some((name) => TRACES.test(name)))) {
    throw new StorageDamagedError("its file CURRENT is missing");
  }
  if (!marked) {
    return undefined;
  }
  const { format, number, flags } = parseDescription(await readFile(join(path, MARK)), "revision", `its file ${MARK}`);
  assertFormat(format, path);
  return { revision: number, closed: flags.get("closed") === true };
}

/** Notes the revision beside the database, so that the loss of the newest records, or of all, is seen. */
export async function markFolder(path: string, { revision, closed }: FolderMark): Promise<void> {
  const target = join(path, MARK);
  const file = await open(`${target}.new`, "w", 0o600);
  try {
    await file.writeFile(JSON.stringify({ format: FORMAT, revision, ...(closed && { closed }) }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${target}.new`, target);
}
