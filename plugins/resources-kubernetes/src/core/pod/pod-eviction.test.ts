import { describe, expect, it } from "vitest";
import type { DeleteOptions } from "../../types/meta-v1.js";
import { checkedOptions } from "./pod-eviction.js";

describe("the options of an eviction", () => {
  it("are those of a delete", () => {
    const deleteOptions = { gracePeriodSeconds: 5, propagationPolicy: "Orphan", dryRun: ["All"] };
    expect(checkedOptions("web", { deleteOptions }, false)).toEqual({
      options: { gracePeriodSeconds: 5, propagationPolicy: "Orphan" },
      dryRun: true,
    });
    expect(checkedOptions("web", {}, false)).toEqual({ options: {}, dryRun: false });
  });

  it.each<[DeleteOptions, string]>([
    [
      { propagationPolicy: "x" },
      'propagationPolicy: Unsupported value: "x": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [
      { propagationPolicy: "Orphan", orphanDependents: true },
      'propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
    ],
    [{ dryRun: ["x"] }, 'dryRun: Unsupported value: ["x"]: supported values: "All"'],
  ])("may not be %j", (deleteOptions, message) => {
    const refused = `DeleteOptions.meta.k8s.io "" is invalid: ${message}`;
    expect(() => checkedOptions("web", { deleteOptions }, false)).toThrow(refused);
  });
});
