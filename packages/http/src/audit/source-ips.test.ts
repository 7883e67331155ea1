import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { sourceIPs } from "./source-ips.js";

function from(remoteAddress: string, headers: { readonly [name: string]: string } = {}): readonly string[] {
  const context = fakeContext({ headers });
  Object.defineProperty(context.req.socket, "remoteAddress", { value: remoteAddress });
  return sourceIPs(context);
}

describe("source addresses", () => {
  it.each<[string, { readonly [name: string]: string }, readonly string[]]>([
    ["10.0.0.1", {}, ["10.0.0.1"]],
    ["::ffff:10.0.0.1", {}, ["10.0.0.1"]],
    ["::1", { "x-forwarded-for": "1.1.1.1, nobody,2.2.2.2" }, ["1.1.1.1", "2.2.2.2", "::1"]],
    ["2.2.2.2", { "x-forwarded-for": "1.1.1.1,2.2.2.2" }, ["1.1.1.1", "2.2.2.2"]],
    ["::1", { "x-real-ip": "3.3.3.3" }, ["3.3.3.3", "::1"]],
    ["::1", { "x-forwarded-for": "3.3.3.3", "x-real-ip": "3.3.3.3" }, ["3.3.3.3", "::1"]],
    ["::1", { "x-real-ip": '"],"user":"' }, ["::1"]],
  ])("of %s with %j are %j", (remote, headers, expected) => {
    expect(from(remote, headers)).toEqual(expected);
  });
});
