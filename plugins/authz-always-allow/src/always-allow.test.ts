import { expect, it } from "vitest";
import plugin from "./index.js";

it("allows whatever is asked", () => {
  expect(new plugin.plugin().authorize()).toEqual({ decision: "allow" });
});
