import {
  type Admission,
  type Authenticator,
  definePlugin,
  deny,
  INJECTION_TOKEN,
  Injectable,
  type Lifecycle,
  Routes,
  Services,
} from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WatchReader } from "./support/watch-reader.js";

/** Something that one plugin offers and another asks for. */
abstract class Greeting {
  static readonly [INJECTION_TOKEN]: string = "test-greeting";
  abstract readonly text: string;
}

let lives: string[];

/** An authenticator that knows one token, answers one path and offers a greeting. */
function knows(token: string, start: () => void = () => {}) {
  @Injectable()
  class Knows implements Authenticator, Lifecycle {
    constructor(services: Services, routes: Routes) {
      services.provide(Greeting, { text: `from ${token}` });
      routes.get(`/whose/${token}`, (context) => {
        context.status = 200;
        context.body = services.find(Greeting)?.text;
      });
    }
    start(): void {
      start();
      lives.push(`+${token}`);
    }
    stop(): void {
      lives.push(`-${token}`);
    }
    authenticate(request: Parameters<Authenticator["authenticate"]>[0]) {
      if (request.header("authorization") !== `Bearer ${token}`) return undefined;
      return { user: { name: token, groups: ["system:masters"] } };
    }
  }
  return definePlugin({ kind: "authenticator", name: `knows-${token}`, plugin: Knows });
}

class NoConfigMaps implements Admission {
  validate({ resource }: Parameters<NonNullable<Admission["validate"]>>[0]) {
    return resource.resource === "configmaps" ? deny("none are wanted") : undefined;
  }
}
const noConfigMaps = definePlugin({ kind: "admission", name: "no-configmaps", plugin: NoConfigMaps });

const LIST = "/api/v1/namespaces";
const MAPS = "/api/v1/namespaces/default/configmaps";

describe("a config that changes", () => {
  let server: TestServer;
  const base = { authorization: ["always-allow"] };
  const status = async (token: string, path = LIST): Promise<number> =>
    (await server.request(path, { as: { token } })).status;
  beforeEach(async () => {
    lives = [];
    server = await startTestServer({ config: { ...base, authentication: [knows("one"), "client-certificate"] } });
  });
  afterEach(() => server.stop());

  it("exchanges authenticators, admission, services and paths, and leaves open watches alone", async () => {
    expect([await status("one"), await status("two")]).toEqual([200, 401]);
    const watch = await WatchReader.open(server, `${MAPS}?watch=1`, { as: { token: "one" } });
    await server.reload({
      ...base,
      authentication: [knows("two"), "client-certificate"],
      admission: ["namespace-lifecycle", noConfigMaps],
    });
    expect([await status("one"), await status("two")]).toEqual([401, 200]);
    expect([await status("two", "/whose/one"), await status("two", "/whose/two")]).toEqual([404, 200]);
    expect((await server.request("/whose/two")).text()).toBe("from two");
    const refused = await server.request(MAPS, { method: "POST", body: { metadata: { name: "a" } } });
    expect([refused.status, refused.json()]).toMatchObject([
      403,
      { message: expect.stringContaining("none are wanted") },
    ]);
    await server.reload({ ...base, authentication: [knows("three"), "client-certificate"] });
    expect((await server.request(MAPS, { method: "POST", body: { metadata: { name: "a" } } })).status).toBe(201);
    expect(await watch.take(1)).toEqual(["ADDED a"]);
    watch.close();
  });

  it("keeps what runs when a plugin cannot start, cannot be found or is misconfigured", async () => {
    const broken = knows("broken", () => {
      throw new Error("no luck");
    });
    await expect(server.reload({ ...base, authentication: [knows("two"), broken] })).rejects.toThrow(
      'plugin "knows-broken" (authentication[1] in test config) could not start: no luck',
    );
    await expect(server.reload({ ...base, authentication: ["client-certificat"] })).rejects.toThrow(
      expect.objectContaining({ path: "authentication[0]", nearest: "client-certificate" }),
    );
    await expect(server.reload({ authentication: [["token-file", { paht: "x" }]] })).rejects.toThrow(
      expect.objectContaining({ path: "authentication[0][1].paht", nearest: "path" }),
    );
    expect([await status("one"), await status("two"), await status("broken")]).toEqual([200, 401, 401]);
    expect([await status("one", "/whose/two"), (await server.request("/whose/one")).text()]).toEqual([404, "from one"]);
    // What was started beside the one that failed is stopped again.
    expect(lives).toEqual(["+one", "+two", "-broken", "-two"]);
  });

  it("takes changes one after the other and stops what has left when the server stops", async () => {
    await Promise.all([
      server.reload({ ...base, authentication: [knows("two"), "client-certificate"] }),
      server.reload({ ...base, authentication: [knows("three"), "client-certificate"] }),
    ]);
    expect([await status("one"), await status("two"), await status("three")]).toEqual([401, 401, 200]);
    await server.stop();
    expect(lives).toEqual(["+one", "+two", "+three", "-one", "-two", "-three"]);
    server = await startTestServer({ config: base });
  });
});
