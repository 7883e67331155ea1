import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How many files a process may have open, this one and those that it starts. */
export async function openFilesLimit(): Promise<number> {
  const { stdout } = await run("sh", ["-c", "ulimit -n"]);
  const limit = stdout.trim();
  return limit === "unlimited" ? Number.POSITIVE_INFINITY : Number(limit);
}
