import { resolve } from "node:path";
import { Paths } from "@quarterdeck/sdk";
import type { ResolvedConfig } from "../config/resolved-config.js";
import type { FileWatches } from "../files/file-watches.js";

/** The paths of a server as its config says them. */
export class ServerPaths extends Paths {
  readonly data: string;
  readonly #directory: string;

  constructor(
    config: ResolvedConfig,
    private readonly watches: FileWatches,
  ) {
    super();
    this.data = config.server.data;
    this.#directory = config.directory;
  }

  resolve(path: string): string {
    return resolve(this.#directory, path);
  }

  watch(path: string, onChange: () => void): () => void {
    return this.watches.watch(this.resolve(path), onChange);
  }
}
