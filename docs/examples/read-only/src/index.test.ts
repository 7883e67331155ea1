import { fileURLToPath } from "node:url";
import { StatusError } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { filterContract, requestContext } from "@quarterdeck/testing/filter-contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../apiserver.config.js";
import { ReadOnly } from "./index.js";

const OPTIONS = { message: "back at noon", exemptGroups: ["system:masters"] };
const OPERATOR = { user: { name: "ann", groups: ["system:masters"] } };

describe("ReadOnly, by hand", () => {
  const plugin = new ReadOnly(OPTIONS);
  const run = async (verb: string, state = {}): Promise<unknown> => {
    try {
      await plugin.handle(requestContext({ requestInfo: { verb }, state }), async () => undefined);
      return "passed";
    } catch (error) {
      return StatusError.is(error) ? error.status : error;
    }
  };

  it.each(["get", "list", "watch"])("lets %s pass", async (verb) => expect(await run(verb)).toBe("passed"));

  it.each(["create", "update", "patch", "delete", "deletecollection", "post"])("stops %s", async (verb) => {
    expect(await run(verb)).toMatchObject({ code: 503, reason: "ServiceUnavailable", message: "back at noon" });
    expect(await run(verb, OPERATOR)).toBe("passed");
  });
});

filterContract({
  name: "read-only",
  create: () => new ReadOnly(OPTIONS),
  passes: [{}, { requestInfo: { verb: "watch" } }, { requestInfo: { verb: "create" }, state: OPERATOR }],
  answers: [{ method: "POST", requestInfo: { verb: "create" } }],
});

describe("in a server", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ config, directory: fileURLToPath(new URL("..", import.meta.url)) });
  });
  afterAll(() => server.stop());

  it("refuses writes of all but the exempt, and says when to come again", async () => {
    const path = "/api/v1/namespaces/default/configmaps";
    const write = { method: "POST", body: { metadata: { generateName: "a-" } } };
    expect((await server.request(path, { as: "anonymous" })).status).toBe(200);
    const refused = await server.request(path, { ...write, as: "anonymous" });
    expect(refused.json()).toMatchObject({ kind: "Status", code: 503, message: "back at noon" });
    expect(refused.headers["retry-after"]).toBe("30");
    expect((await server.request(path, write)).status).toBe(201);
  });
});
