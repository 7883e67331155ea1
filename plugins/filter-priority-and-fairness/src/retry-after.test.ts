import { expect, it } from "vitest";
import { RetryAfter } from "./retry-after.js";

it("asks clients to stay away longer while many are refused, and shorter again afterwards", () => {
  const retryAfter = new RetryAfter();
  expect(retryAfter.seconds).toBe(1);
  let now = 1_000_000;
  for (let second = 0; second < 300; second++, now += 1000) {
    for (let refused = 0; refused < 200; refused++) retryAfter.refused(now);
  }
  expect(retryAfter.seconds).toBe(32);
  for (let second = 0; second < 300; second++, now += 60_000) retryAfter.refused(now);
  expect(retryAfter.seconds).toBe(1);
});
