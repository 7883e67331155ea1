import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository, from a test's source and from the programs compiled to `test/dist` alike. */
export const REPOSITORY_ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(folder: string): string {
  if (existsSync(join(folder, "apiserver.config.ts"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("the tests lie outside of the repository");
  return rootAbove(parent);
}
