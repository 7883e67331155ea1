import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { REPOSITORY_ROOT } from "./repository-root.js";

/** Why Go programs cannot be built here; undefined when they can. */
export const goMissing: string | undefined =
  spawnSync("go", ["version"]).status === 0 ? undefined : "go is not on PATH";

/** Where the binaries are, for all suites of a checkout. */
const BINARIES = join(REPOSITORY_ROOT, "test/dist/bin");

/** Builds the Go program in a folder of the repository and tells where its binary is. */
export function buildGoProgram(folder: string): string {
  const name = folder.split("/").at(-1) ?? "program";
  const binary = join(BINARIES, name);
  const { status, stderr } = spawnSync("go", ["build", "-buildvcs=false", "-o", binary, "."], {
    cwd: join(REPOSITORY_ROOT, folder),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`go build in ${folder} ended with ${status}:\n${stderr}`);
  return binary;
}

/**
 * Builds a command of others that the module in a folder names as its tool, once per `name` (which must tell its version):
 * the binary that is there is the answer. Resolves to its path; rejects with what the compiler said.
 */
export async function buildGoTool(folder: string, tool: string, name: string): Promise<string> {
  const binary = join(BINARIES, name);
  if (existsSync(binary)) return binary;
  // A build that is broken off leaves no binary under the name.
  const partial = `${binary}.${process.pid}`;
  await promisify(execFile)("go", ["build", "-buildvcs=false", "-ldflags=-s -w", "-o", partial, tool], {
    cwd: join(REPOSITORY_ROOT, folder),
  });
  await rename(partial, binary);
  return binary;
}

/** A Go program of the repository, or why it cannot be had. */
export interface GoProgram {
  readonly binary: string | undefined;
  readonly missing: string | undefined;
}

/** Builds the Go program in a folder, or tells why that cannot be done, which fails where all tools must be there. */
export function tryGoProgram(folder: string): GoProgram {
  const required = process.env.QUARTERDECK_REQUIRE_TOOLS === "1";
  if (goMissing !== undefined) {
    if (required) throw new Error(goMissing);
    return { binary: undefined, missing: goMissing };
  }
  try {
    return { binary: buildGoProgram(folder), missing: undefined };
  } catch (error) {
    if (required) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    // Without a network there may be hundreds of lines about modules; the title of a skipped test takes the first ones.
    return { binary: undefined, missing: reason.replaceAll("\n", " ").slice(0, 200) };
  }
}
