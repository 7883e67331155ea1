import { describe, expect, it } from "vitest";
import { Anonymous } from "./anonymous.js";

const anybody = { user: { name: "system:anonymous", groups: ["system:unauthenticated"] } };
const request = (authorization: string | undefined, path = "/") => ({
  header: (name: string) => (name === "authorization" ? authorization : undefined),
  socket: undefined,
  path,
});

describe("anonymous", () => {
  it("names a request without credentials", () => {
    expect(new Anonymous({ conditions: [] }).authenticate(request(undefined))).toEqual(anybody);
  });

  it("has no opinion on a request whose credential nobody took", () => {
    const plugin = new Anonymous({ conditions: [] });
    expect(plugin.authenticate(request("Bearer bad"))).toBeUndefined();
    expect(plugin.authenticate(request(""))).toBeUndefined();
  });

  it("keeps to the paths of its conditions, exactly", () => {
    const plugin = new Anonymous({ conditions: [{ path: "/livez" }, { path: "/readyz" }] });
    expect(plugin.authenticate(request(undefined, "/livez"))).toEqual(anybody);
    expect(plugin.authenticate(request(undefined, "/readyz"))).toEqual(anybody);
    for (const path of ["/livez/", "/livez/etcd", "/LIVEZ", "/healthz", "/%6Civez", ""])
      expect(plugin.authenticate(request(undefined, path))).toBeUndefined();
  });
});
