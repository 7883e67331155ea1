import { mkdtemp, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FileWatches } from "./file-watches.js";

let folder: string;
let watches: FileWatches;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "file-watches-"));
  watches = new FileWatches(10);
});
afterEach(async () => {
  watches.stop();
  await rm(folder, { recursive: true });
});

const looks = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 10));

describe("FileWatches", () => {
  it("tells of a file that is written, replaced and put back, not of one that is touched", async () => {
    const path = join(folder, "a");
    await writeFile(path, "1");
    const told = vi.fn();
    watches.watch(path, told);
    await looks(5);
    expect(told).not.toHaveBeenCalled();
    await writeFile(path, "2");
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1), 10_000);
    await utimes(path, 1, 1);
    await writeFile(join(folder, "b"), "3");
    await rename(join(folder, "b"), path);
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2), 10_000);
    await rm(path);
    await looks(5);
    expect(told).toHaveBeenCalledTimes(2);
    await writeFile(path, "4");
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(3), 10_000);
  });

  it("follows a symbolic link that is swapped, as mounts of Kubernetes are", async () => {
    await writeFile(join(folder, "one"), "1");
    await writeFile(join(folder, "two"), "2");
    await symlink("one", join(folder, "current"));
    const told = vi.fn();
    watches.watch(join(folder, "current"), told);
    await looks(5);
    await symlink("two", join(folder, "next"));
    await rename(join(folder, "next"), join(folder, "current"));
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1), 10_000);
  });

  it("tells of a file that has changed since it was read, before it was watched", async () => {
    const path = join(folder, "read");
    await writeFile(path, "1");
    const [early, late] = [vi.fn(), vi.fn()];
    watches.watch(path, early, Date.now() - 60_000);
    watches.watch(path, late, Date.now() + 60_000);
    await vi.waitFor(() => expect(early).toHaveBeenCalledTimes(1), 10_000);
    await looks(3);
    expect([early.mock.calls.length, late.mock.calls.length]).toEqual([1, 0]);
  });

  it("tells nothing after its end, and of a file that comes later", async () => {
    const path = join(folder, "later");
    const ended = vi.fn();
    const told = vi.fn();
    watches.watch(path, ended)();
    watches.watch(path, told);
    await looks(3);
    await writeFile(path, "1");
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1), 10_000);
    expect(ended).not.toHaveBeenCalled();
  });
});
