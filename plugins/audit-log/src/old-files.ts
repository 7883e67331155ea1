import { createReadStream, createWriteStream } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

const DAY = 86_400_000;

/** Which old files stay. */
export interface KeptFiles {
  /** Days; 0 for ever. */
  readonly maxAgeDays: number;
  /** How many; 0 for all. */
  readonly maxBackups: number;
  readonly compress: boolean;
}

/** `audit-2026-11-26T01-02-03.456.log` for `audit.log`: old files sort by time, and the names are upstream's. */
function oldName(path: string, now: Date): string {
  const extension = extname(path);
  const stamp = now.toISOString().slice(0, -1).replaceAll(":", "-");
  return join(dirname(path), `${basename(path, extension)}-${stamp}${extension}`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Puts the file aside under a name of its own and tells it. */
export async function putAside(path: string, now: Date): Promise<string> {
  let at = now;
  // Two within one millisecond must not take each other's name.
  while ((await exists(oldName(path, at))) || (await exists(`${oldName(path, at)}.gz`)))
    at = new Date(at.getTime() + 1);
  const old = oldName(path, at);
  await rename(path, old);
  return old;
}

function isOld(name: string, path: string): boolean {
  const extension = extname(path);
  const start = `${basename(path, extension)}-`;
  if (!name.startsWith(start)) return false;
  const stamp = name.slice(start.length).replace(/\.gz$/, "");
  return (
    stamp.endsWith(extension) &&
    /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}$/.test(stamp.slice(0, stamp.length - extension.length))
  );
}

async function compressed(path: string): Promise<void> {
  // Beside its place, so that a crash leaves no half a file under the final name.
  const half = `${path}.gz.part`;
  await pipeline(createReadStream(path), createGzip(), createWriteStream(half, { mode: 0o600 }));
  await rename(half, `${path}.gz`);
  await rm(path);
}

/** Removes old files that are too many or too old and compresses the others, if that is wanted. */
export async function tidyOldFiles(path: string, kept: KeptFiles, now: Date): Promise<void> {
  const folder = dirname(path);
  const names = (await readdir(folder)).filter((name) => isOld(name, path)).sort();
  const surplus = kept.maxBackups === 0 ? 0 : Math.max(0, names.length - kept.maxBackups);
  for (const [index, name] of names.entries()) {
    const file = join(folder, name);
    const { mtimeMs } = await stat(file);
    const tooOld = kept.maxAgeDays > 0 && now.getTime() - mtimeMs > kept.maxAgeDays * DAY;
    if (index < surplus || tooOld) await rm(file);
    else if (kept.compress && !name.endsWith(".gz")) await compressed(file);
  }
}
