import { expect, it } from "vitest";
import { SemanticVersion } from "./semantic-version.js";

it.each(["", "1", "1.2", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "v1.2.3", "1.2.3.4", "18446744073709551616.0.0"])(
  "does not take %j",
  (text) => {
    expect(SemanticVersion.parse(text)).toBeUndefined();
  },
);

it("orders versions, early ones before the one that they lead to", () => {
  const order = [
    "0.9.9",
    "1.0.0-1",
    "1.0.0-2",
    "1.0.0-10",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-rc.1",
    "1.0.0+build",
    "1.0.1",
    "1.10.0",
  ].map((text) => SemanticVersion.parse(text));
  for (const [index, version] of order.entries()) {
    const before = order.map((other) => other !== undefined && version?.isBefore(other));
    expect(before).toEqual(order.map((_other, at) => at > index));
  }
  expect(SemanticVersion.parse("0.0.0+x")?.isZero).toBe(true);
  expect(SemanticVersion.parse("0.0.0-1")?.isZero).toBe(false);
});
