import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { Hsts } from "./hsts.js";

describe("hsts", () => {
  const filter = new Hsts(["max-age=31536000", "includeSubDomains"]);

  it("sets the directives", async () => {
    const context = fakeContext();
    await filter.handle(context, async () => {});
    expect(context.res.getHeader("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
  });

  it("leaves what a filter before it has set", async () => {
    const context = fakeContext();
    context.set("Strict-Transport-Security", "max-age=1");
    await filter.handle(context, async () => {});
    expect(context.res.getHeader("strict-transport-security")).toBe("max-age=1");
  });
});
