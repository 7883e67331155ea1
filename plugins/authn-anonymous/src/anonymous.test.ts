import { describe, expect, it } from "vitest";
import { Anonymous } from "./anonymous.js";

const request = (authorization: string | undefined) => ({
  header: (name: string) => (name === "authorization" ? authorization : undefined),
  socket: undefined,
  path: "/",
});

describe("anonymous", () => {
  it("names a request without credentials", () => {
    expect(new Anonymous().authenticate(request(undefined))).toEqual({
      user: { name: "system:anonymous", groups: ["system:unauthenticated"] },
    });
  });

  it("has no opinion on a request whose credential nobody took", () => {
    expect(new Anonymous().authenticate(request("Bearer bad"))).toBeUndefined();
    expect(new Anonymous().authenticate(request(""))).toBeUndefined();
  });
});
