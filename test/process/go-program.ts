import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { reasonOf } from "@quarterdeck/meta";
import { REPOSITORY_ROOT } from "./repository-root.js";

/** Why Go programs cannot be built here; undefined when they can. */
export const goMissing: string | undefined =
  spawnSync("go", ["version"]).status === 0 ? undefined : "go is not on PATH";

/** Where the binaries are, for all suites of a checkout. */
const BINARIES = join(REPOSITORY_ROOT, "test/dist/bin");

/** Suites that build the same program at the same time never see a binary that another one is still writing. */
async function compile(folder: string, target: string, binary: string, ...flags: readonly string[]): Promise<string> {
  const cwd = join(REPOSITORY_ROOT, folder);
  const written = `${binary}.${process.pid}`;
  await promisify(execFile)("go", ["build", "-buildvcs=false", ...flags, "-o", written, target], { cwd });
  await rename(written, binary);
  return binary;
}

/** Builds the Go program in a folder of the repository and tells where its binary is. */
export function buildGoProgram(folder: string): Promise<string> {
  return compile(folder, ".", join(BINARIES, folder.replaceAll("/", "-")));
}

/**
 * Builds a command of others that the module in a folder names as its tool, once per `name` (which must tell its version):
 * the binary that is there is the answer. `stamps` are more flags of the linker, such as the version that it tells.
 */
export async function buildGoTool(folder: string, tool: string, name: string, stamps = ""): Promise<string> {
  const binary = join(BINARIES, name);
  return existsSync(binary) ? binary : compile(folder, tool, binary, `-ldflags=-s -w ${stamps}`);
}

/** A binary, or why there is none. */
export type GoBuild =
  | { readonly binary: string; readonly missing?: never }
  | { readonly binary?: never; readonly missing: string };

/** Builds where Go is, and tells why that cannot be done; a machine that must have all tools gets an error instead. */
export async function buildIfPossible(build: () => Promise<string>): Promise<GoBuild> {
  try {
    if (goMissing !== undefined) throw new Error(goMissing);
    return { binary: await build() };
  } catch (error) {
    if (process.env.QUARTERDECK_REQUIRE_TOOLS === "1") throw error;
    // Without a network there may be hundreds of lines about modules; the title of a skipped test takes the first ones.
    return { missing: reasonOf(error).replaceAll("\n", " ").slice(0, 200) };
  }
}
