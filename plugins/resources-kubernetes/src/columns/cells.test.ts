import { expect, it } from "vitest";
import { labelCell } from "./label-cell.js";
import { listCell, loadBalancerCell } from "./list-cell.js";
import { selectorCell } from "./selector-cell.js";

it("shows labels in order", () => {
  expect(labelCell({ b: "2", a: "1" })).toBe("a=1,b=2");
  expect(labelCell(undefined)).toBe("<none>");
});

it("shows selectors in the order of their keys", () => {
  const selector = {
    matchLabels: { tier: "front", app: "web" },
    matchExpressions: [
      { key: "zone", operator: "In", values: ["b", "a"] },
      { key: "size", operator: "NotIn", values: ["xl"] },
      { key: "live", operator: "Exists" },
      { key: "gone", operator: "DoesNotExist" },
    ],
  };
  expect(selectorCell(selector)).toBe("app=web,!gone,live,size notin (xl),tier=front,zone in (a,b)");
  expect(selectorCell({})).toBe("<none>");
  expect(selectorCell({ matchExpressions: [{ key: "a", operator: "Gt", values: ["1"] }] })).toBe("<error>");
});

it("shows three of a list", () => {
  expect(listCell([], "*")).toBe("*");
  expect(listCell(["a", "b", "c"], "*")).toBe("a,b,c");
  expect(listCell(["a", "b", "c", "d", "e"], "*")).toBe("a,b,c + 2 more...");
});

it("shows where a load balancer answers", () => {
  const points = [
    { hostname: "lb.example" },
    { ip: "192.0.2.2" },
    { ip: "192.0.2.1", hostname: "x" },
    { ip: "192.0.2.2" },
    {},
  ];
  expect(loadBalancerCell(points)).toBe("192.0.2.1,192.0.2.2,lb.example");
  expect(loadBalancerCell(undefined)).toBe("");
});
