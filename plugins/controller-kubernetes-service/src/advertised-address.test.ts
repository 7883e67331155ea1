import { expect, it } from "vitest";
import { advertisedAddress } from "./advertised-address.js";

const OWN = ["127.0.0.1", "::1", "fe80::1", "fd00::7", "192.0.2.7"];

it.each([
  ["198.51.100.1", "0.0.0.0", "198.51.100.1"],
  [undefined, "198.51.100.2", "198.51.100.2"],
  [undefined, "0.0.0.0", "192.0.2.7"],
  [undefined, "127.0.0.1", "192.0.2.7"],
  [undefined, "localhost", "192.0.2.7"],
])("is the one that is said (%s), or bound (%s), or the machine's first: %s", (said, bind, expected) => {
  expect(advertisedAddress(said, bind, OWN)).toBe(expected);
});

it("is an IPv6 address where there is no other, and none where all are special", () => {
  expect(advertisedAddress(undefined, "::", ["::1", "fd00::7"])).toBe("fd00::7");
  expect(advertisedAddress(undefined, "::", ["::1", "169.254.1.1"])).toBeUndefined();
});

it.each(["127.0.0.1", "::", "fe80::1", "host"])("cannot be said to be %s", (said) => {
  expect(() => advertisedAddress(said, "0.0.0.0", OWN)).toThrow(`cannot be an endpoint's address: ${said}`);
});
