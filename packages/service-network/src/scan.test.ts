import { describe, expect, it } from "vitest";
import { RESERVED, scanUpperFirst } from "./scan.js";

describe("the part of a range that is kept for those who choose", () => {
  it.each([
    [16n, 0n, 0n],
    [17n, 16n, 16n],
    [256n, 16n, 16n],
    [1024n, 64n, 32n],
    [2768n, 173n, 86n],
    [65_536n, 256n, 128n],
  ])("of %d is %d addresses or %d ports", (size, addresses, ports) => {
    expect(RESERVED.addresses(size)).toBe(addresses);
    expect(RESERVED.ports(size)).toBe(ports);
  });
});

describe("a scan", () => {
  const SPAN = { first: 100n, count: 20n };

  it("comes to each number once, to the upper part first", async () => {
    const seen: bigint[] = [];
    const found = await scanUpperFirst(SPAN, 16n, async (number) => {
      seen.push(number);
      return false;
    });
    expect(found).toBeUndefined();
    expect(new Set(seen).size).toBe(20);
    expect(seen.slice(0, 4).every((number) => number >= 116n)).toBe(true);
    expect(seen.slice(4).every((number) => number < 116n && number >= 100n)).toBe(true);
  });

  it("ends at what it finds", async () => {
    let tries = 0;
    const found = await scanUpperFirst(SPAN, 0n, async (number) => {
      tries += 1;
      return number === 107n || tries === 20;
    });
    expect(found).toBeGreaterThanOrEqual(100n);
    expect(tries).toBeLessThanOrEqual(20);
    expect(await scanUpperFirst({ first: 1n, count: 0n }, 0n, async () => true)).toBeUndefined();
  });
});
