import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCel } from "../checks/check-cel.js";
import { Compiled, context } from "../compiled.fixture.js";
import { ResourceClaim, ResourceClaimV1beta1 } from "./resource-claim.js";
import { ResourceClaimTemplate, ResourceClaimTemplateV1beta1 } from "./resource-claim-template.js";

const claims = new Compiled(ResourceClaim);
const flatClaims = new Compiled(ResourceClaimV1beta1, ResourceClaim);
const templates = new Compiled(ResourceClaimTemplate);
const flatTemplates = new Compiled(ResourceClaimTemplateV1beta1, ResourceClaimTemplate);
const STATUS = { subresource: "status" } as const;
const gpu = { name: "gpu", exactly: { deviceClassName: "gpu.example.com" } };
const choice = { name: "any", firstAvailable: [{ name: "small", deviceClassName: "gpu.example.com" }] };

function claim(devices: JsonObject, status: JsonObject = {}): KubeObject {
  return claims.object({ spec: { devices: { requests: [gpu, choice], ...devices } }, status });
}

function celOf(expression: string): JsonObject {
  return { cel: { expression } };
}

beforeAll(() => loadCel());

describe("ResourceClaim", () => {
  it("wants one device of each when it does not say", () => {
    const one = { allocationMode: "ExactCount", count: 1 };
    const object = claim({});
    expect(object.spec).toEqual({
      devices: {
        requests: [
          { name: "gpu", exactly: { deviceClassName: "gpu.example.com", ...one } },
          { name: "any", firstAvailable: [{ name: "small", deviceClassName: "gpu.example.com", ...one }] },
        ],
      },
    });
    expect(claims.problems(object)).toEqual([]);
    const all = claim({ requests: [{ name: "a", exactly: { deviceClassName: "c", allocationMode: "All" } }] });
    expect(claims.problems(all)).toEqual([]);
    expect(claims.problems(claims.object({ spec: {} }))).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { requests: [gpu, gpu] },
      [
        'spec.devices.requests[1]: Duplicate value: {"name":"gpu","exactly":{"deviceClassName":"gpu.example.com","allocationMode":"ExactCount","count":1}}',
      ],
    ],
    [
      { requests: Array.from({ length: 33 }, (_one, index) => ({ ...gpu, name: `r${index}` })) },
      ["spec.devices.requests: Too many: 33: must have at most 32 items"],
    ],
    [
      { requests: [{ name: "A" }] },
      [
        expect.stringMatching(/^spec\.devices\.requests\[0\]\.name: Invalid value: "A"/),
        "spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required",
      ],
    ],
    [
      { requests: [{ ...gpu, ...choice }] },
      [
        "spec.devices.requests[0]: Invalid value: null: exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set",
      ],
    ],
    [
      { requests: [{ name: "a", exactly: { deviceClassName: "" } }] },
      ["spec.devices.requests[0].exactly.deviceClassName: Required value"],
    ],
    [
      { requests: [{ name: "a", exactly: { deviceClassName: "c", allocationMode: "All", count: 2 } }] },
      ["spec.devices.requests[0].exactly.count: Invalid value: 2: must not be specified when allocationMode is 'All'"],
    ],
    [
      { requests: [{ name: "a", exactly: { deviceClassName: "c", count: -1 } }] },
      ["spec.devices.requests[0].exactly.count: Invalid value: -1: must be greater than zero"],
    ],
    [
      { requests: [{ name: "a", exactly: { deviceClassName: "c", allocationMode: "Some" } }] },
      [
        'spec.devices.requests[0].exactly.allocationMode: Unsupported value: "Some": supported values: "All", "ExactCount"',
      ],
    ],
    [
      { requests: [{ name: "a", exactly: { deviceClassName: "c", selectors: [{}] } }] },
      ["spec.devices.requests[0].exactly.selectors[0].cel: Required value"],
    ],
    [
      {
        requests: [
          {
            name: "a",
            exactly: {
              deviceClassName: "c",
              selectors: ["", "dev.x", "device.driver == 'd'", "1", "device.attributes['a'].b"].map(celOf),
            },
          },
        ],
      },
      [
        expect.stringMatching(
          /selectors\[0\]\.cel\.expression: Invalid value: "": compilation failed: .*mismatched input '<EOF>'/,
        ),
        expect.stringMatching(
          /selectors\[1\]\.cel\.expression: Invalid value: "dev\.x": compilation failed: .*reference to 'dev'/,
        ),
        'spec.devices.requests[0].exactly.selectors[3].cel.expression: Invalid value: "1": must evaluate to bool or the unknown type, not int',
      ],
    ],
    [
      {
        requests: [
          {
            name: "a",
            exactly: { deviceClassName: "c", tolerations: [{ operator: "Exists", value: "v", effect: "X" }] },
          },
        ],
      },
      [
        'spec.devices.requests[0].exactly.tolerations[0].value: Invalid value: "v": must be empty for operator `Exists`',
        'spec.devices.requests[0].exactly.tolerations[0].effect: Unsupported value: "X": supported values: "NoExecute", "NoSchedule", "None"',
      ],
    ],
    [
      { constraints: [{ requests: ["gpu", "any/small"], matchAttribute: "a.b/c" }, { requests: ["any/big"] }] },
      [
        "spec.devices.constraints[1].requests[0]: Invalid value: \"any/big\": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'",
        'spec.devices.constraints[1]: Required value: exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set',
      ],
    ],
    [
      { constraints: [{ matchAttribute: "model" }, { distinctAttribute: "a.b/1" }] },
      [
        'spec.devices.constraints[0].matchAttribute: Invalid value: "model": a fully qualified name must be a domain and a name separated by a slash',
        expect.stringMatching(/^spec\.devices\.constraints\[1\]\.distinctAttribute: Invalid value: "1": a valid C/),
      ],
    ],
    [
      { config: [{}, { opaque: { driver: "", parameters: null } }] },
      [
        "spec.devices.config[0].opaque: Required value",
        "spec.devices.config[1].opaque.parameters: Required value",
        "spec.devices.config[1].opaque.driver: Required value",
      ],
    ],
  ])("is refused with %j", (devices, expected) => {
    expect(claims.problems(claim(devices))).toEqual(expected);
  });

  it("stays as it was asked for", () => {
    expect(claims.updateProblems(claim({ requests: [gpu] }), claim({}))).toEqual([
      expect.stringMatching(/^spec: .*: field is immutable$/),
    ]);
    expect(claims.updateProblems(claim({}), claim({}))).toEqual([]);
  });

  const result = { request: "gpu", driver: "d.example.com", pool: "p/q", device: "one" };
  const allocation = { devices: { results: [result] } };
  const consumer = { resource: "pods", name: "web", uid: "1" };

  it.each<[JsonObject, JsonObject, string[]]>([
    [{ allocation, reservedFor: [consumer] }, {}, []],
    [{ allocation, devices: [{ ...result, conditions: [] }] }, { allocation }, []],
    [
      { reservedFor: [consumer, consumer] },
      {},
      [
        "status.reservedFor: Forbidden: may not be specified when `allocated` is not set",
        'status.reservedFor[1]: Duplicate value: {"resource":"pods","name":"web","uid":"1"}',
      ],
    ],
    [
      { allocation: { devices: { results: [{ ...result, request: "x", pool: "" }] } } },
      {},
      [
        expect.stringMatching(
          /^status\.allocation\.devices\.results\[0\]\.request: Invalid value: "x": must be the name/,
        ),
        "status.allocation.devices.results[0].pool: Required value",
      ],
    ],
    [
      { allocation: { devices: { results: [] } } },
      { allocation },
      ["status.allocation: Invalid value: null: field cannot be modified once set"],
    ],
    [
      {
        allocation,
        devices: [{ ...result, data: [], networkData: { ips: ["10.0.0.1"], hardwareAddress: "x".repeat(129) } }],
      },
      { allocation },
      [
        'status.devices[0].data: Invalid value: "<value omitted>": must be a valid JSON object',
        expect.stringMatching(
          /^status\.devices\[0\]\.networkData\.ips\[0\]: Invalid value: "10\.0\.0\.1": must be a valid address/,
        ),
        "status.devices[0].networkData.hardwareAddress: Too long: may not be more than 128 bytes",
      ],
    ],
    [
      { devices: [{ driver: "d.example.com", pool: "p", device: "one", conditions: [] }] },
      {},
      [
        'status.devices[0]: Invalid value: {"Driver":"d.example.com","Pool":"p","Device":"one","ShareID":""}: must be an allocated device in the claim',
      ],
    ],
    [
      {
        allocation: {
          devices: {
            results: [{ ...result, shareID: "X", bindingConditions: ["a"] }],
            config: [{ source: "Both", opaque: { driver: "d", parameters: {} } }],
          },
        },
      },
      {},
      [
        "status.allocation.devices.results[0].bindingFailureConditions: Invalid value: null: bindingFailureConditions are required to use bindingConditions",
        'status.allocation.devices.results[0].shareID: Invalid value: "X": must be a lowercase UUID in 8-4-4-4-12 format',
        'status.allocation.devices.config[0].source: Unsupported value: "Both": supported values: "FromClaim", "FromClass"',
      ],
    ],
  ])("says of the status %j after %j what is wrong", (status, before, expected) => {
    expect(claims.updateProblems(claim({}, status), claim({}, before), STATUS)).toEqual(expected);
  });

  it("forgets what is told of devices that it has no more", () => {
    const devices = [{ ...result, conditions: [] }];
    const object = claim({}, { devices });
    claims.version.hooks.prepareForPartUpdate?.(object, claim({}, { allocation, devices }), context);
    expect(object.status).toEqual({});
  });

  it("is printed as upstream prints it", () => {
    expect(claims.columns(true)).toEqual(["Name", "State", "Age"]);
    expect(claims.cell("State", claim({}))).toBe("pending");
    expect(claims.cell("State", claim({}, { allocation, reservedFor: [consumer] }))).toBe("allocated,reserved");
    const deleted = { ...claim({}), metadata: { name: "a", deletionTimestamp: "2026-01-01T00:00:00Z" } };
    expect(claims.cell("State", deleted)).toBe("deleted");
  });
});

describe("claims and templates of v1beta1", () => {
  const flat = { name: "gpu", deviceClassName: "gpu.example.com" };

  it("have what is asked for in the requests themselves", () => {
    const object = flatClaims.object({ spec: { devices: { requests: [flat, choice] } } });
    expect(flatClaims.problems(object)).toEqual([]);
    const stored = flatClaims.version.toStorage(object);
    expect(stored.spec).toEqual(claim({}).spec);
    expect(flatClaims.version.fromStorage(stored).spec).toEqual(object.spec);
    const wrong = flatClaims.object({ spec: { devices: { requests: [{ ...flat, count: -1 }, { name: "b" }] } } });
    expect(flatClaims.problems(wrong)).toEqual([
      "spec.devices.requests[0].exactly.count: Invalid value: -1: must be greater than zero",
      "spec.devices.requests[1]: Required value: exactly one of `exactly` or `firstAvailable` is required",
    ]);
    expect(flatClaims.updateProblems(object, object)).toEqual([]);
    expect(flatClaims.updateProblems(wrong, object)).toEqual([expect.stringMatching(/field is immutable$/)]);
  });

  it("are checked as claims, in templates with labels", () => {
    const spec = { metadata: { labels: { a: "b" } }, spec: { devices: { requests: [gpu] } } };
    const object = templates.object({ spec });
    expect(templates.problems(object)).toEqual([]);
    const named = templates.object({ spec: { ...spec, metadata: { name: "x" } } });
    expect(templates.problems(named)).toEqual(["spec.metadata.name: Forbidden: cannot be set"]);
    expect(templates.updateProblems(named, object)).toEqual([expect.stringMatching(/^spec: .*field is immutable$/)]);
    const older = flatTemplates.object({ spec: { ...spec, spec: { devices: { requests: [flat] } } } });
    expect(flatTemplates.problems(older)).toEqual([]);
    expect(flatTemplates.version.toStorage(older).spec).toEqual(object.spec);
    expect(flatTemplates.version.fromStorage(object).spec).toEqual(older.spec);
  });
});
