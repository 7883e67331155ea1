import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";

/** How often files are looked at, in milliseconds. */
const PERIOD = 1000;

interface Watched {
  readonly path: string;
  readonly onChange: () => void;
  /** What `stat` said last; content is read again only when that differs. */
  look: string;
  /** Of the content that was told last; undefined until the first look has read it. */
  digest: string | undefined;
}

/** What changes whenever a file is written or replaced; symbolic links are followed, since mounts swap those. */
async function lookAt(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return `${dev}/${ino}/${size}/${mtimeNs}/${ctimeNs}`;
  } catch {
    return "";
  }
}

async function digestOf(path: string): Promise<string | undefined> {
  try {
    return createHash("sha256")
      .update(await readFile(path))
      .digest("base64");
  } catch {
    return undefined;
  }
}

/** When a file was last written, renamed or linked into place, in milliseconds since 1970. */
async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs, ctimeMs }) => Math.max(mtimeMs, ctimeMs),
    () => 0,
  );
}

/**
 * Tells when the content of files changes. It polls, since a file that is renamed into place or reached through a swapped
 * symbolic link is missed by the system's own notices; one timer serves all files, none runs while nothing is watched.
 */
export class FileWatches {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(private readonly period = PERIOD) {}

  /**
   * Calls back after each change from what the file holds now; a file that is missing is told of once it is back. `since` is
   * when the caller read it, in milliseconds since 1970: one that has been written or replaced after that is told of, too.
   */
  watch(path: string, onChange: () => void, since = Number.POSITIVE_INFINITY): () => void {
    const one: Watched = { path, onChange, look: "", digest: undefined };
    this.#watched.add(one);
    void this.#look(one, false, since);
    this.#timer ??= setInterval(() => void this.#lookAtAll(), this.period).unref();
    return () => {
      this.#watched.delete(one);
      if (this.#watched.size === 0) this.stop();
    };
  }

  stop(): void {
    this.#watched.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #lookAtAll(): Promise<void> {
    // A slow file system must not make looks pile up.
    if (this.#looking) return;
    this.#looking = true;
    for (const one of this.#watched) await this.#look(one, true);
    this.#looking = false;
  }

  async #look(one: Watched, tell: boolean, since = Number.POSITIVE_INFINITY): Promise<void> {
    const look = await lookAt(one.path);
    if (look === one.look || look === "") return;
    one.look = look;
    const digest = await digestOf(one.path);
    if (digest === undefined || digest === one.digest) return;
    const first = one.digest === undefined;
    one.digest = digest;
    const late = first && (await changedAt(one.path)) >= since;
    if ((tell || late || !first) && this.#watched.has(one)) one.onChange();
  }
}
