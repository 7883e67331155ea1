import { resolve } from "node:path";
import { Paths } from "@quarterdeck/sdk";

/** Paths of one folder, which is data folder and config folder in one; a test says itself when a file has changed. */
export class FolderPaths extends Paths {
  readonly #watches = new Map<string, Set<() => void>>();

  constructor(readonly data: string) {
    super();
  }

  resolve(path: string): string {
    return resolve(this.data, path);
  }

  watch(path: string, onChange: () => void): () => void {
    const file = this.resolve(path);
    const watches = this.#watches.get(file) ?? new Set();
    this.#watches.set(file, watches.add(onChange));
    return () => watches.delete(onChange);
  }

  /** Calls back those who watch a file. */
  changed(path: string): void {
    for (const onChange of this.#watches.get(this.resolve(path)) ?? []) onChange();
  }
}
