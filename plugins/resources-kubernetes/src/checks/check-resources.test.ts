import { FieldErrors } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import type { ResourceRequirements } from "../types/core-v1.js";
import { checkNonnegativeQuantity, checkPositiveQuantity, isWholeQuantity } from "./check-quantity.js";
import { checkPodResourceName, checkQuotaResourceName, checkResourceName } from "./check-resource-name.js";
import { checkResources, isWholePages, type ResourceOptions } from "./check-resources.js";

function told(check: (errors: FieldErrors) => void): string[] {
  const errors = new FieldErrors();
  check(errors);
  return errors.list.map(({ field, message }) => `${field}: ${message}`);
}

function problems(resources: ResourceRequirements, options?: ResourceOptions): string[] {
  return told((errors) => checkResources(resources, "r", errors, options));
}

describe("requests and limits", () => {
  it.each<[string, ResourceRequirements]>([
    ["nothing", {}],
    ["less than the limit", { requests: { cpu: "100m", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } }],
    ["an extended resource", { requests: { "example.com/gpu": "2" }, limits: { "example.com/gpu": "2" } }],
    ["huge pages", { requests: { "hugepages-2Mi": "4Mi", cpu: "1" }, limits: { "hugepages-2Mi": "4Mi" } }],
    ["a native resource with a domain", { requests: { "kubernetes.io/x": "1500m" } }],
  ])("may be %s", (_, resources) => {
    expect(problems(resources)).toEqual([]);
  });

  it.each<[ResourceRequirements, string[]]>([
    [{ limits: { cpu: "-1" } }, ['r.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0']],
    [
      { requests: { cpu: "2" }, limits: { cpu: "1" } },
      ['r.requests: Invalid value: "2": must be less than or equal to cpu limit of 1'],
    ],
    [
      { requests: { "example.com/gpu": "1" }, limits: { "example.com/gpu": "2" } },
      ['r.requests: Invalid value: "1": must be equal to example.com/gpu limit of 2'],
    ],
    [
      { requests: { "example.com/gpu": "1500m" } },
      [
        'r.requests[example.com/gpu]: Invalid value: "1500m": must be an integer',
        "r.limits: Required value: Limit must be set for non overcommitable resources",
      ],
    ],
    [
      { requests: { "hugepages-2Mi": "3Mi" }, limits: { "hugepages-2Mi": "3Mi" } },
      [
        'r.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
        'r.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
        "r: Forbidden: HugePages require cpu or memory",
      ],
    ],
    [
      { limits: { storage: "1" } },
      ['r.limits[storage]: Invalid value: "storage": must be a standard resource for containers'],
    ],
    [
      { limits: { disk: "1" } },
      [
        'r.limits[disk]: Invalid value: "disk": must be a standard resource type or fully qualified',
        'r.limits[disk]: Invalid value: "disk": must be a standard resource for containers',
      ],
    ],
    [
      { limits: { "requests.example.com/a": "1" } },
      [
        `r.limits[requests.example.com/a]: Invalid value: "requests.example.com/a": doesn't follow extended resource name standard`,
      ],
    ],
    [{ claims: [{ name: "" }] }, ["r.claims[0]: Required value"]],
    [{ claims: [{ name: "a" }, { name: "a" }] }, ['r.claims[1]: Duplicate value: "a"']],
    [
      { claims: [{ name: "a", request: "x" }, { name: "a", request: "x" }, { name: "a" }] },
      ['r.claims[1]: Duplicate value: "a/x"', 'r.claims[2]: Duplicate value: "a"'],
    ],
    [
      { claims: [{ name: "c", request: "X" }] },
      [
        expect.stringContaining('r.claims[0].request: Invalid value: "X": a lowercase RFC 1123 label'),
        'r.claims[0]: Not found: "c": must be one of the names in pod.spec.resourceClaims: a, b',
      ],
    ],
  ])("refuses %j", (resources, expected) => {
    expect(problems(resources, { claims: new Set(["b", "a"]) })).toEqual(expected);
  });

  it("tells when the pod has no claims", () => {
    expect(problems({ claims: [{ name: "c" }] })).toEqual([
      'r.claims[0]: Not found: "c": must be one of the names in pod.spec.resourceClaims which is empty',
    ]);
  });

  it("lets parts of pages be where they were", () => {
    const limits = { "hugepages-2Mi": "3Mi", cpu: "1" };
    expect(problems({ limits }, { indivisibleHugePages: true })).toEqual([]);
  });

  it.each([
    ["hugepages-2Mi", "4Mi", true],
    ["hugepages-2Mi", "1", false],
    ["hugepages-x", "4Mi", false],
    ["hugepages-0", "4Mi", false],
    ["hugepages-1.5", "3", false],
  ])("knows whether %s: %s is whole pages", (name, text, whole) => {
    expect(isWholePages(name, text)).toBe(whole);
  });
});

describe("names of resources", () => {
  it("are qualified", () => {
    expect(told((errors) => checkResourceName("a b", "n", errors))).toEqual([
      expect.stringContaining('n: Invalid value: "a b": name part must consist'),
    ]);
  });

  it("are few in a pod as a whole", () => {
    expect(problems({ limits: { cpu: "1", "hugepages-2Mi": "2Mi" } }, { checkName: checkPodResourceName })).toEqual([]);
    expect(problems({ limits: { "ephemeral-storage": "1" } }, { checkName: checkPodResourceName })).toEqual([
      'r.limits[ephemeral-storage]: Unsupported value: "ephemeral-storage": supported values: "cpu", "hugepages-", "memory"',
    ]);
  });

  it("are others in a quota", () => {
    const check = (name: string): string[] => told((errors) => checkQuotaResourceName(name, "n", errors));
    for (const name of ["pods", "requests.cpu", "limits.memory", "requests.hugepages-2Mi", "example.com/x"])
      expect(check(name)).toEqual([]);
    expect(check("storage")).toEqual(['n: Invalid value: "storage": must be a standard resource for quota']);
  });
});

it("refuses no quantity where there must be one", () => {
  expect(told((errors) => checkPositiveQuantity("0", "q", errors))).toEqual([
    'q: Invalid value: "0": must be greater than zero',
  ]);
});

it("refuses less than nothing", () => {
  expect(told((errors) => checkNonnegativeQuantity("0", "q", errors))).toEqual([]);
  expect(told((errors) => checkNonnegativeQuantity("-1m", "q", errors))).toEqual([
    'q: Invalid value: "-1m": must be greater than or equal to 0',
  ]);
});

it("looks at whole units to a thousandth", () => {
  expect(["1", "1500m", "1999999u"].map(isWholeQuantity)).toEqual([true, false, true]);
});
