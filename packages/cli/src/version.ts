import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "./package-root.js";

/** The version of the server, from package.json. */
export async function packageVersion(): Promise<string> {
  const manifest: { version?: unknown } = JSON.parse(await readFile(join(packageRoot(), "package.json"), "utf8"));
  return String(manifest.version);
}
