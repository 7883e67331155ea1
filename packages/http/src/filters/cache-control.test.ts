import { sendBytes } from "@quarterdeck/wire";
import { describe, expect, it } from "vitest";
import { fakeContext, sentText } from "../../testing/fake-context.js";
import { CacheControl } from "./cache-control.js";

const BODY = Buffer.from("x");

describe("cache-control", () => {
  it("keeps answers out of shared caches", async () => {
    const context = fakeContext();
    await new CacheControl().handle(context, async () => void sendBytes(context, 200, {}, BODY));
    expect(sentText(context)).toMatch(/^cache-control: no-cache, private\r$/im);
  });

  it("leaves an answer its own", async () => {
    const context = fakeContext();
    const headers = { "Cache-Control": "public" };
    await new CacheControl().handle(context, async () => void sendBytes(context, 200, headers, BODY));
    expect(sentText(context)).toMatch(/^cache-control: public\r$/im);
    expect(sentText(context)).not.toContain("private");
  });

  it("is all that sets the header", async () => {
    const context = fakeContext();
    await sendBytes(context, 200, {}, BODY);
    expect(sentText(context).toLowerCase()).not.toContain("cache-control");
  });
});
