import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Logger, Paths } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TokenFile } from "./token-file.js";
import { TokenTable } from "./token-table.js";

class Silent extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

class FolderPaths extends Paths {
  constructor(readonly data: string) {
    super();
  }
  resolve(path: string): string {
    return resolve(this.data, path);
  }
  watch(): () => void {
    return () => {};
  }
}

const request = (authorization: string | undefined) => ({
  header: (name: string) => (name === "authorization" ? authorization : undefined),
  socket: undefined,
  path: "/",
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "token-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function started(text: string): Promise<TokenFile> {
  await writeFile(join(folder, "tokens.csv"), text);
  const plugin = new TokenFile({ path: "tokens.csv" }, new Silent(), new FolderPaths(folder));
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
    expect(TokenTable.parse('t,"o""neil",1', "f").find("t")?.name).toBe('o"neil');
  });
});
