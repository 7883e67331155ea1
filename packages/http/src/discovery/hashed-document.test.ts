import { expect, it } from "vitest";
import { HashedDocument, matchesETag } from "./hashed-document.js";

it("hashes as upstream: SHA-512 in upper-case hex", () => {
  const { etag } = new HashedDocument(Buffer.from("abc"));
  expect(etag.slice(0, 17)).toBe('"DDAF35A193617ABA');
  expect(etag.length).toBe(130);
});

it("reads lists, weak tags and the asterisk in If-None-Match", () => {
  expect(matchesETag('"x", W/"A"', '"A"')).toBe(true);
  expect(matchesETag("*", '"A"')).toBe(true);
  expect(matchesETag("", '"A"')).toBe(false);
  expect(matchesETag('"AA"', '"A"')).toBe(false);
  expect(matchesETag("A", '"A"')).toBe(false);
});
