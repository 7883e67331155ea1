import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { startWebhook, type TestWebhook, type WebhookCall } from "@quarterdeck/testing/webhook";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import plugin from "./index.js";
import { readReview } from "./read-review.js";

interface Review {
  readonly spec: { readonly token: string; readonly audiences?: readonly string[] };
}

function isReview(body: unknown): body is Review {
  return typeof body === "object" && body !== null && "spec" in body;
}

const ANN = { username: "ann", uid: "7", groups: ["devs"], extra: { team: ["blue"] } };

/** Knows `good-…` tokens as ann; audiences are told when the token says so. */
function reviewed({ body }: WebhookCall) {
  const token = isReview(body) ? body.spec.token : "";
  if (!token.startsWith("good")) return { json: { status: { authenticated: false } } };
  const audiences = token.includes("vault") ? { audiences: ["vault"] } : {};
  return { json: { kind: "TokenReview", status: { authenticated: true, user: ANN, ...audiences } } };
}

let hook: TestWebhook;
let server: TestServer | undefined;
beforeEach(async () => {
  hook = await startWebhook(reviewed);
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await hook.stop();
});

async function start(options: object = {}): Promise<TestServer> {
  server = await startTestServer({
    config: {
      authentication: [[plugin, { kubeconfig: hook.kubeconfig, ...options }], "client-certificate", "anonymous"],
      authorization: ["always-allow"],
    },
  });
  return server;
}

async function who(running: TestServer, token: string): Promise<unknown> {
  const path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  const answer = await running.request(path, { method: "POST", body: {}, as: { token } });
  return answer.status === 201 ? answer.json<{ status: { userInfo: unknown } }>().status.userInfo : answer.status;
}

describe("the authentication webhook", () => {
  it("is asked whose a token is, once for many requests", async () => {
    const running = await start();
    expect(await who(running, "good-1")).toEqual({
      username: "ann",
      uid: "7",
      groups: ["devs", "system:authenticated"],
      extra: { team: ["blue"] },
    });
    await Promise.all(Array.from({ length: 20 }, () => who(running, "good-1")));
    expect(hook.calls.map(({ body }) => body)).toEqual([
      { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", metadata: {}, spec: { token: "good-1" } },
    ]);
    expect(hook.calls[0]?.client).toBe("apiserver");
  });

  it("shares one question among those who ask at the same time, and keeps the answer that a token is nobody's", async () => {
    const running = await start();
    expect(await Promise.all(Array.from({ length: 10 }, () => who(running, "bad")))).toEqual(Array(10).fill(401));
    expect(await who(running, "bad")).toBe(401);
    expect(hook.calls).toHaveLength(1);
  });

  it("asks every time without a cache", async () => {
    const running = await start({ cacheSeconds: 0, version: "v1beta1" });
    await who(running, "good-1");
    await who(running, "good-1");
    expect(hook.calls).toHaveLength(2);
    expect(hook.calls[0]?.body).toMatchObject({ apiVersion: "authentication.k8s.io/v1beta1" });
  });

  it("refuses a token while the webhook is away, and asks again when it is back", async () => {
    const running = await start({ attempts: 1 });
    await hook.pause();
    expect(await who(running, "good-1")).toBe(401);
    expect((await running.request("/api")).status).toBe(200);
    await hook.resume();
    expect(await who(running, "good-1")).toMatchObject({ username: "ann" });
  });

  it("does not keep a rejection that has a reason, nor tell the token to the log", async () => {
    const running = await start();
    hook.answer(() => ({ json: { status: { authenticated: false, error: "the directory is down" } } }));
    expect(await who(running, "good-1")).toBe(401);
    hook.answer(reviewed);
    expect(await who(running, "good-1")).toMatchObject({ username: "ann" });
    const logs = JSON.stringify(running.logs);
    expect(logs).toContain("the directory is down");
    expect(logs).not.toContain("good-1");
  });

  it("takes a token for its audiences alone", async () => {
    const running = await start({ audiences: ["api"] });
    expect(await who(running, "good-1")).toMatchObject({ username: "ann" });
    expect(await who(running, "good-vault")).toBe(401);
    const review = async (token: string, audiences: readonly string[]) => {
      const path = "/apis/authentication.k8s.io/v1/tokenreviews";
      const answer = await running.request(path, { method: "POST", body: { spec: { token, audiences } } });
      return answer.json<{ status: unknown }>().status;
    };
    expect(await review("good-vault", ["vault", "other"])).toMatchObject({ authenticated: true, audiences: ["vault"] });
    expect(await review("good-1", ["vault"])).toEqual({ user: {}, error: "invalid bearer token" });
  });

  it("does not bother the webhook with a token that is too long", async () => {
    const running = await start();
    expect(await who(running, "x".repeat(17_000))).toBe(401);
    expect(hook.calls).toEqual([]);
  });

  it("stops the start when the kubeconfig is bad", async () => {
    await expect(start({ kubeconfig: "nowhere" })).rejects.toThrow(
      /plugin "webhook".*nowhere: the file does not exist/,
    );
  });
});

describe("readReview", () => {
  it.each([
    [undefined, "the webhook's answer has no status"],
    [{ status: { authenticated: true } }, "says no username"],
    [{ status: { authenticated: true, user: { username: "a", groups: "devs" } } }, "groups is no list of strings"],
    [{ status: { authenticated: true, user: { username: "a", extra: { k: "v" } } } }, "extra is no list of strings"],
    [{ status: { authenticated: true, user: { username: "a" }, audiences: [1] } }, "audiences is no list of strings"],
  ])("refuses %j", (answer, message) => {
    expect(() => readReview(answer)).toThrow(message);
  });

  it("takes nothing but true for authenticated", () => {
    expect(readReview({ status: { authenticated: "true", user: { username: "root" } } }).user).toBeUndefined();
  });
});
