import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** Where the files of a server are; all paths are absolute. Injected by the class as token. */
export abstract class Paths {
  static readonly [INJECTION_TOKEN]: string = "paths";
  /** The data folder (`server.data`); it exists when a plugin is made. */
  abstract readonly data: string;
  /** A path of a plugin's options, made absolute: relative ones are relative to the folder of the config file. */
  abstract resolve(path: string): string;
  /**
   * Calls back after the content of a file has changed, also when it was replaced by renaming or through a symbolic link, as
   * Kubernetes mounts do; looked at about once a second. The function that it returns ends that; the server's stop does too.
   */
  abstract watch(path: string, onChange: () => void): () => void;
}
