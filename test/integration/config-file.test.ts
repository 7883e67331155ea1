import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServerProcess } from "../process/server-process.js";

let folder: string;
let server: ServerProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "config-file-"));
  await writeFile(join(folder, "one.csv"), "token-one,ann,1,system:masters\n");
  await writeFile(join(folder, "two.csv"), "token-two,bob,2,system:masters\n");
});
afterEach(async () => {
  await server?.dispose();
  server = undefined;
  await rm(folder, { recursive: true });
});

/** The status of a request with a token; the test is about who is let in, not about the server's certificate. */
function statusFor(port: number, token: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const sent = request(
      { host: "127.0.0.1", port, path: "/api/v1/namespaces", headers, rejectUnauthorized: false, agent: false },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode));
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}

async function letIn(port: number): Promise<(number | undefined)[]> {
  return [await statusFor(port, "token-one"), await statusFor(port, "token-two")];
}

const SOON = { timeout: 15_000, interval: 100 };

describe.each([
  [
    "apiserver.config.json",
    (tokens: string, more = "") =>
      `{ "authentication": [["token-file", { "path": "${tokens}" }]], "authorization": ["system-masters"]${more} }`,
  ],
  [
    "apiserver.config.ts",
    (tokens: string, more = "") =>
      `export default { authentication: [["token-file", { path: "${tokens}" }]] satisfies unknown[], authorization: ["system-masters"]${more} };`,
  ],
])("a running server whose %s changes", (name, config) => {
  it("takes the change, keeps what runs when the file is bad, and says why", async () => {
    const file = join(folder, name);
    await writeFile(file, config("one.csv"));
    const running = await ServerProcess.start(file);
    server = running;
    expect(await letIn(running.port)).toEqual([200, 401]);

    await writeFile(file, config("two.csv"));
    await expect.poll(() => letIn(running.port), SOON).toEqual([401, 200]);

    await writeFile(file, config("three.csv"));
    await expect.poll(() => running.output, SOON).toContain("the changed config is not taken");
    expect(running.output).toContain("three.csv");
    await writeFile(file, `${config("two.csv")} )(`);
    await expect.poll(() => running.output.split("is not taken").length, SOON).toBe(3);
    await writeFile(file, config("two.csv", ', "autentication": []'));
    await expect.poll(() => running.output, SOON).toContain("at autentication = []");
    expect(await letIn(running.port)).toEqual([401, 200]);

    await writeFile(file, config("one.csv"));
    running.signal("SIGHUP");
    await expect.poll(() => letIn(running.port), SOON).toEqual([200, 401]);
    expect(running.runs).toBe(true);
  });
});
