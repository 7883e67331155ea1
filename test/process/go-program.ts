import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "./repository-root.js";

/** Why Go programs cannot be built here; undefined when they can. */
export const goMissing: string | undefined =
  spawnSync("go", ["version"]).status === 0 ? undefined : "go is not on PATH";

/** Builds the Go program in a folder of the repository and tells where its binary is. */
export function buildGoProgram(folder: string): string {
  const name = folder.split("/").at(-1) ?? "program";
  const binary = join(REPOSITORY_ROOT, "test/dist/bin", name);
  const { status, stderr } = spawnSync("go", ["build", "-buildvcs=false", "-o", binary, "."], {
    cwd: join(REPOSITORY_ROOT, folder),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`go build in ${folder} ended with ${status}:\n${stderr}`);
  return binary;
}
