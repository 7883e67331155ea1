import { expect, it } from "vitest";
import plugin from "./index.js";

it("allows whatever is asked", () => {
  expect(new plugin.plugin().authorize()).toEqual({ decision: "allow" });
});

it("says so when it is asked for its rules", () => {
  expect(new plugin.plugin().rulesFor()).toEqual({
    resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], resourceNames: [] }],
    nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
    incomplete: false,
  });
});
