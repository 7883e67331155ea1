import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { MaxInFlight } from "./max-in-flight.js";

describe("max-in-flight", () => {
  it("lets requests pass and gives back what follows", async () => {
    let passed = 0;
    const filter = new MaxInFlight();
    await Promise.all(Array.from({ length: 1000 }, () => filter.handle(fakeContext(), async () => void passed++)));
    expect(passed).toBe(1000);
  });
});
