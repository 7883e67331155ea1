import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { Cors } from "./cors.js";

const filter = new Cors([/^https:\/\/ok\.example$/, /\.friend\.example$/]);

async function run(cors: Cors, method: string, origin?: string) {
  const context = fakeContext({ method, url: "/api", headers: origin === undefined ? {} : { origin } });
  let passed = false;
  await cors.handle(context, async () => {
    passed = true;
  });
  return { context, passed, allowed: context.res.getHeader("access-control-allow-origin") };
}

describe("cors", () => {
  it("tells an allowed page what it may do, and goes on", async () => {
    const { context, passed } = await run(filter, "GET", "https://ok.example");
    expect(passed).toBe(true);
    expect(context.res.getHeaders()).toEqual({
      "access-control-allow-origin": "https://ok.example",
      "access-control-allow-methods": "POST, GET, OPTIONS, PUT, DELETE, PATCH",
      "access-control-allow-headers":
        "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since",
      "access-control-expose-headers": "Date",
      "access-control-allow-credentials": "true",
    });
  });

  it("answers a preflight itself", async () => {
    const { context, passed, allowed } = await run(filter, "OPTIONS", "https://a.friend.example");
    expect(passed).toBe(false);
    expect(context.status).toBe(204);
    expect(allowed).toBe("https://a.friend.example");
  });

  it.each(["https://ok.example.evil", "https://evil.example", `https://${"a".repeat(3000)}.friend.example`])(
    "treats %.40s as if it had no origin",
    async (origin) => {
      expect(await run(filter, "OPTIONS", origin)).toMatchObject({ passed: true, allowed: undefined });
    },
  );

  it("does nothing without an origin, or when no origins are configured", async () => {
    expect(await run(filter, "OPTIONS")).toMatchObject({ passed: true, allowed: undefined });
    expect(await run(new Cors([]), "OPTIONS", "https://ok.example")).toMatchObject({
      passed: true,
      allowed: undefined,
    });
  });
});
