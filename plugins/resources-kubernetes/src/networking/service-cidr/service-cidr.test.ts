import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { ServiceCIDR } from "./service-cidr.js";

const ranges = new Compiled(ServiceCIDR);

function made(...cidrs: string[]) {
  return ranges.object({ spec: { cidrs } }, { name: "a" });
}

describe("ServiceCIDR", () => {
  it.each([[["10.0.0.0/16"]], [["10.0.0.0/16", "fd00::/108"]], [["fd00::/108", "10.0.0.0/16"]]])(
    "may be %j",
    (cidrs) => {
      expect(ranges.problems(made(...cidrs))).toEqual([]);
    },
  );

  it.each([
    [[], ["spec.cidrs: Required value: at least one CIDR required"]],
    [
      ["10.0.0.0/16", "fd00::/64", "10.1.0.0/16"],
      ['spec.cidrs: Invalid value: {"CIDRs":["10.0.0.0/16","fd00::/64","10.1.0.0/16"]}: may only hold up to 2 values'],
    ],
    [["10.0.0.1/16"], ['spec.cidrs[0]: Invalid value: "10.0.0.1/16": must not have bits set beyond the prefix length']],
    [
      ["10.0.0.0/16", "10.1.0.0/16"],
      [
        'spec.cidrs: Invalid value: ["10.0.0.0/16","10.1.0.0/16"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
      ],
    ],
  ])("is refused: %j", (cidrs, expected) => {
    expect(ranges.problems(made(...cidrs))).toEqual(expected);
  });

  it.each([
    [["10.0.0.0/16"], ["10.0.0.0/16"], []],
    [["10.0.0.0/16", "fd00::/64"], ["10.0.0.0/16"], []],
    [["10.1.0.0/16"], ["10.0.0.0/16"], ['spec.cidrs[0]: Invalid value: "10.1.0.0/16": field is immutable']],
    [["10.0.0.0/16"], ["10.0.0.0/16", "fd00::/64"], ['spec.cidrs: Invalid value: ["10.0.0.0/16"]: field is immutable']],
    [["fd00::/64", "10.0.0.0/16"], ["10.0.0.0/16"], ['spec.cidrs[0]: Invalid value: "fd00::/64": field is immutable']],
  ])("changes to %j from %j", (cidrs, before, expected) => {
    expect(ranges.updateProblems(made(...cidrs), made(...before))).toEqual(expected);
  });

  it("is printed as upstream prints it", () => {
    expect(ranges.columns(true)).toEqual(["Name", "CIDRs", "Age"]);
    expect(ranges.cell("CIDRs", made("10.0.0.0/16", "fd00::/64"))).toBe("10.0.0.0/16,fd00::/64");
  });
});
