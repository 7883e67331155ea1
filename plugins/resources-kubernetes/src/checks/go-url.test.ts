import { describe, expect, it } from "vitest";
import { GoUrl, GoUrlError } from "./go-url.js";

describe("a URL as Go reads it", () => {
  it("has its parts", () => {
    expect(GoUrl.parse("HTTPS://ann:pw@example.com:443/a/b?x=1#y")).toEqual({
      scheme: "https",
      user: "ann:pw",
      host: "example.com:443",
      query: "x=1",
      fragment: "y",
    });
    expect(GoUrl.parse("a/b")).toMatchObject({ scheme: "", host: "" });
    expect(GoUrl.parse("https://[::1]:80/")).toMatchObject({ host: "[::1]:80" });
  });

  it.each([
    [":a", 'parse ":a": missing protocol scheme'],
    ["a b:c", 'parse "a b:c": first path segment in URL cannot contain colon'],
    ["https://a/%zz", 'parse "https://a/%zz": invalid URL escape "%zz"'],
    ["https://a:b/", 'parse "https://a:b/": invalid port ":b" after host'],
    ["https://[a/", "parse \"https://[a/\": missing ']' in host"],
    ["https://a\nb", 'parse "https://a\\nb": net/url: invalid control character in URL'],
  ])("is refused: %j", (text, message) => {
    expect(() => GoUrl.parse(text)).toThrow(new GoUrlError(text, message.slice(message.indexOf('": ') + 3)));
    expect(() => GoUrl.parse(text)).toThrow(message);
  });
});
