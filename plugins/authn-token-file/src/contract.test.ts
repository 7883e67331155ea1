import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { afterAll } from "vitest";
import { TokenFile } from "./token-file.js";

const folder = await mkdtemp(join(tmpdir(), "token-file-"));
afterAll(() => rm(folder, { recursive: true }));
await writeFile(join(folder, "tokens.csv"), "t-1,ann,7\n");
const bearer = (token: string) => authenticationRequest({ headers: { authorization: `Bearer ${token}` } });

authenticatorContract({
  name: "token-file",
  create: () => new TokenFile({ path: "tokens.csv" }, new KeptLogger(), new FolderPaths(folder)),
  accepts: [{ user: "ann", request: () => bearer("t-1") }],
  refuses: [() => bearer("t-2"), () => bearer("t-"), () => bearer("t-11")],
});
