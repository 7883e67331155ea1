import { StatusError } from "@quarterdeck/meta";
import type { Authenticator } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { SilentLogger } from "../../testing/silent-logger.js";
import { Authentication } from "./authentication.js";
import { Authenticators } from "./authenticators.js";

const alice = { name: "alice", groups: ["devs"] };
const anonymous = { name: "system:anonymous", groups: ["system:unauthenticated"] };
const noOpinion: Authenticator = { authenticate: () => undefined };
const asAlice: Authenticator = { authenticate: () => ({ user: alice }) };
const asAnonymous: Authenticator = { anonymous: true, authenticate: () => ({ user: anonymous }) };
const bad: Authenticator = {
  authenticate: () => {
    throw new Error("invalid bearer token");
  },
};

function later(authenticator: Authenticator): Authenticator {
  return { ...authenticator, authenticate: async (request) => authenticator.authenticate(request) };
}

async function run(authenticators: readonly Authenticator[], headers = {}) {
  const logger = new SilentLogger();
  const context = fakeContext({ url: "/api", headers });
  const named = authenticators.map((authenticator, index) => ({ name: `authn-${index}`, authenticator }));
  let passed = false;
  const failure = await attempt(() =>
    new Authentication(new Authenticators(named), logger).handle(context, async () => {
      passed = true;
    }),
  );
  return { context, failure, passed, logger, user: context.state.user };
}

async function attempt(act: () => Promise<void>): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe.each([
  ["at once", (authenticator: Authenticator) => authenticator],
  ["later", later],
])("authentication by authenticators that answer %s", (_, made) => {
  it("takes the first user and adds system:authenticated", async () => {
    const { passed, user } = await run([made(noOpinion), made(asAlice), made(asAnonymous)]);
    expect(passed).toBe(true);
    expect(user).toEqual({ name: "alice", groups: ["devs", "system:authenticated"] });
    expect(alice.groups).toEqual(["devs"]);
  });

  it("leaves the anonymous user's groups alone", async () => {
    expect((await run([made(noOpinion), made(asAnonymous)])).user).toEqual(anonymous);
  });

  it("stops at a bad credential: anonymous is not asked", async () => {
    const { failure, passed, logger } = await run([made(bad), made(asAnonymous)]);
    expect(failure).toEqual(StatusError.unauthorized());
    expect(passed).toBe(false);
    expect(logger.lines).toMatchObject([
      { level: "warn", fields: { authenticator: "authn-0", reason: "invalid bearer token" } },
    ]);
  });

  it("asks the others after a bad credential, since a caller may bring two", async () => {
    expect((await run([made(bad), made(asAlice)])).user.name).toBe("alice");
  });

  it("refuses a caller whom nobody knows", async () => {
    const { failure, passed } = await run([made(noOpinion)]);
    expect(failure).toEqual(StatusError.unauthorized());
    expect(passed).toBe(false);
  });

  it("takes credentials and front-proxy headers off the request", async () => {
    const { context } = await run([made(asAlice)], {
      authorization: "Bearer secret",
      "x-remote-user": "root",
      "x-remote-extra-scopes": "all",
      accept: "*/*",
    });
    expect(context.req.headers).toEqual({ accept: "*/*" });
  });
});

describe("authentication", () => {
  it("shows authenticators the headers and the path", async () => {
    const seen: unknown[] = [];
    const looks: Authenticator = {
      authenticate: (request) => {
        seen.push(request.header("authorization"), request.header("x-none"), request.path, request.socket);
        return { user: alice };
      },
    };
    await run([looks], { authorization: "Bearer t" });
    expect(seen).toEqual(["Bearer t", undefined, "/api", undefined]);
  });

  it("does not add the group twice", async () => {
    const user = { name: "bob", groups: ["system:authenticated"] };
    expect((await run([{ authenticate: () => ({ user }) }])).user).toBe(user);
  });
});
