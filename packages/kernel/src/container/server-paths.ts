import { resolve } from "node:path";
import { Paths } from "@quarterdeck/sdk";
import type { ResolvedConfig } from "../config/resolved-config.js";

/** The paths of a server as its config says them. */
export class ServerPaths extends Paths {
  readonly data: string;
  readonly #directory: string;

  constructor(config: ResolvedConfig) {
    super();
    this.data = config.server.data;
    this.#directory = config.directory;
  }

  resolve(path: string): string {
    return resolve(this.#directory, path);
  }
}
