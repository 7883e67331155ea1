import { expect, test } from "vitest";
import { isGlobalUnicast } from "./global-unicast.js";

test.each(["10.0.0.1", "8.8.8.8", "2001:db8::1", "fd00::1", "::ffff:10.0.0.1"])("%s is one host's", (text) => {
  expect(isGlobalUnicast(text)).toBe(true);
});

test.each([
  "",
  "web",
  "0.0.0.0",
  "255.255.255.255",
  "127.0.0.1",
  "169.254.169.254",
  "224.0.0.1",
  "::",
  "::1",
  "fe80::1",
  "ff02::1",
  "::ffff:127.0.0.1",
])("%j is not", (text) => {
  expect(isGlobalUnicast(text)).toBe(false);
});
