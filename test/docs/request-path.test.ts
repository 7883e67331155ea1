import { Session } from "node:inspector/promises";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codes, page, ROOT } from "./markdown.js";

const PATH = page("docs/architecture/request-path.md");
const GET = PATH.section("One GET");
const CREATE = PATH.section("One create");
const files = (text: string) => codes(text).filter((one) => /^(?:packages|plugins)\/.*\.ts$/.test(one));

let server: TestServer;
const session = new Session();
beforeAll(async () => {
  server = await startTestServer();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
});
afterAll(async () => {
  await session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
  await server.stop();
});

/** The files of ours of which a function ran, from the repository's folder. */
async function ranDuring(work: () => Promise<unknown>): Promise<string[]> {
  await session.post("Profiler.takePreciseCoverage");
  await work();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  return (
    result
      .filter(({ functions }) => functions.some(({ ranges: [whole] }) => (whole?.count ?? 0) > 0))
      .map(({ url }) => url.replace(/^file:\/\//, ""))
      .filter((file) => file.startsWith(ROOT))
      .map((file) => file.slice(ROOT.length))
      .filter(
        (file) =>
          /^(?:packages|plugins)\//.test(file) &&
          !file.startsWith("packages/testing/") &&
          !file.includes("node_modules"),
      )
      // The timer that looks at watched files runs beside all requests.
      .filter((file) => !file.endsWith(".test.ts") && file !== "packages/kernel/src/files/file-watches.ts")
  );
}

const collection = "/api/v1/namespaces/default/configmaps";
const create = async (name: string) => {
  const answer = await server.request(collection, { method: "POST", body: { metadata: { name }, data: { a: "b" } } });
  expect(answer.status).toBe(201);
};

describe("docs/architecture/request-path.md", () => {
  it("names every file that a GET passes, and no other", async () => {
    await create("a");
    const get = async () => expect((await server.request(`${collection}/a`)).status).toBe(200);
    // What is made on first use is made before.
    await get();
    await get();
    expect((await ranDuring(get)).sort()).toEqual([...new Set(files(GET.text))].sort());
  });

  it("counts the steps of a GET: the filters and at most 14 more files", () => {
    const steps = GET.text.split("\n").filter((line) => /^\d+\. /.test(line));
    expect(steps.length).toBeLessThanOrEqual(14);
    expect(GET.text).toContain(`the filters and ${steps.length} more files`);
  });

  it("names files that a create passes", async () => {
    await create("b");
    const ran = await ranDuring(() => create("c"));
    const named = files(CREATE.text).filter((file) => !file.endsWith("update-stored.ts"));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((file) => !ran.includes(file))).toEqual([]);
  });
});
