import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The memory of a process that is in RAM, in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout.trim()) * 1024;
}
