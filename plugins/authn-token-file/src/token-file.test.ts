import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TokenFile } from "./token-file.js";
import { TokenTable } from "./token-table.js";

const request = (authorization: string | undefined) => ({
  header: (name: string) => (name === "authorization" ? authorization : undefined),
  socket: undefined,
  path: "/",
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "token-file-"));
});
afterEach(() => vi.restoreAllMocks());
afterEach(() => rm(folder, { recursive: true }));

let paths: FolderPaths;
let logger: KeptLogger;
async function started(text: string): Promise<TokenFile> {
  await writeFile(join(folder, "tokens.csv"), text);
  paths = new FolderPaths(folder);
  logger = new KeptLogger();
  const plugin = new TokenFile({ path: "tokens.csv" }, logger, paths);
  await plugin.start();
  return plugin;
}

describe("token-file", () => {
  it("finds a user with uid and groups", async () => {
    const plugin = await started('# staff\nt-1,ann,7,"devs,ops"\n\nt-2,bob,\n');
    expect(plugin.authenticate(request("Bearer t-1"))).toEqual({
      user: { name: "ann", uid: "7", groups: ["devs", "ops"] },
    });
    expect(plugin.authenticate(request("bearer t-2"))).toEqual({ user: { name: "bob", groups: [] } });
  });

  it("has no opinion on an unknown token, another scheme or no header", async () => {
    const plugin = await started("t-1,ann,7\n");
    for (const header of ["Bearer t-", "Bearer t-11", "Basic t-1", "Bearer", "", undefined]) {
      expect(plugin.authenticate(request(header))).toBeUndefined();
    }
  });

  it.each([
    [",ann,7", "tokens.csv:1: the token is empty"],
    ["t-1", "tokens.csv:1: the user is empty: a line is token,user,uid[,groups]"],
    ["t-1,ann,7\nt-1,bob,8", "tokens.csv:2: the token stands in an earlier line too"],
  ])("refuses the file %j", (text, message) => {
    expect(() => TokenTable.parse(text, "tokens.csv")).toThrowError(message);
  });

  it("reads quotes inside quotes", () => {
    expect(TokenTable.parse('t,"o""neil",1', "f").find("t")?.user.name).toBe('o"neil');
  });

  it("gives the same user each time", async () => {
    const plugin = await started("t-1,ann,7\n");
    expect(plugin.authenticate(request("Bearer t-1"))).toBe(plugin.authenticate(request("Bearer t-1")));
  });

  it("takes a changed file, and keeps the former one for a bad one", async () => {
    const plugin = await started("t-1,ann,7\n");
    const path = join(folder, "tokens.csv");
    const told = async (text: string): Promise<string | undefined> => {
      const before = logger.lines.length;
      await writeFile(path, text);
      paths.changed(path);
      await vi.waitFor(() => expect(logger.lines.length).toBeGreaterThan(before), 10_000);
      return logger.text;
    };
    await told("t-2,bob,8\n");
    expect(plugin.authenticate(request("Bearer t-1"))).toBeUndefined();
    expect(plugin.authenticate(request("Bearer t-2"))?.user.name).toBe("bob");
    const line = await told("t-3,cid,9\nt-3,dan,9\n");
    expect(line).toContain("tokens.csv:2: the token stands in an earlier line too");
    expect(plugin.authenticate(request("Bearer t-2"))?.user.name).toBe("bob");
    expect(plugin.authenticate(request("Bearer t-3"))).toBeUndefined();
    expect(logger.text).not.toMatch(/t-[123]/);
  });

  it("watches the file until it stops", async () => {
    const unwatch = vi.fn();
    vi.spyOn(FolderPaths.prototype, "watch").mockReturnValueOnce(unwatch);
    const plugin = await started("t-1,ann,7\n");
    expect(unwatch).not.toHaveBeenCalled();
    plugin.stop();
    expect(unwatch).toHaveBeenCalledOnce();
  });

  it("compares digests: nothing of a token is kept or looked at character by character", () => {
    const found: unknown[] = [];
    const get = vi.spyOn(Map.prototype, "get").mockImplementation(function (this: Map<unknown, unknown>, key) {
      found.push(key);
      return undefined;
    });
    try {
      TokenTable.parse("", "f").find("t-1");
    } finally {
      get.mockRestore();
    }
    expect(found).toEqual([createHash("sha256").update("t-1").digest("base64")]);
  });
});
