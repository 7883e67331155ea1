import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { CSIDriver } from "./csi-driver.js";

const drivers = new Compiled(CSIDriver);
const DEFAULTS = {
  attachRequired: true,
  podInfoOnMount: false,
  storageCapacity: false,
  fsGroupPolicy: "ReadWriteOnceWithFSType",
  volumeLifecycleModes: ["Persistent"],
  requiresRepublish: false,
  seLinuxMount: false,
  preventPodSchedulingIfMissing: false,
};
const WARNING =
  "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes";

function driver(spec: JsonObject = {}): KubeObject {
  return drivers.object({ spec }, { name: "csi.example.com" });
}

describe("a CSI driver", () => {
  it("attaches volumes that live longer than pods", () => {
    for (const object of [driver(), driver({ volumeLifecycleModes: [] })]) {
      expect(object.spec).toEqual(DEFAULTS);
      const again = structuredClone(object);
      drivers.version.hooks.default?.(again);
      expect(again).toEqual(object);
    }
    expect(driver({ attachRequired: false }).spec).toMatchObject({ attachRequired: false });
  });

  it.each<[JsonObject, string[]]>([
    [
      {
        fsGroupPolicy: "None",
        volumeLifecycleModes: ["Ephemeral", "Persistent"],
        tokenRequests: [{ audience: "" }, { audience: "gcp", expirationSeconds: 600 }],
        serviceAccountTokenInSecrets: true,
        nodeAllocatableUpdatePeriodSeconds: 10,
      },
      [],
    ],
    [
      { fsGroupPolicy: "" },
      ['spec.fsGroupPolicy: Unsupported value: "": supported values: "File", "None", "ReadWriteOnceWithFSType"'],
    ],
    [
      { volumeLifecycleModes: ["Forever"] },
      ['spec.volumeLifecycleModes: Unsupported value: "Forever": supported values: "Persistent", "Ephemeral"'],
    ],
    [
      {
        tokenRequests: [
          { audience: "a", expirationSeconds: 599 },
          { audience: "a", expirationSeconds: 1 },
        ],
      },
      [
        "spec.tokenRequests[0].expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes",
        'spec.tokenRequests[1].audience: Duplicate value: "a"',
      ],
    ],
    [
      { tokenRequests: [{ audience: "a", expirationSeconds: 4_294_967_297 }] },
      [
        "spec.tokenRequests[0].expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds",
      ],
    ],
    [
      { nodeAllocatableUpdatePeriodSeconds: 9, serviceAccountTokenInSecrets: false },
      [
        "spec.nodeAllocatableUpdatePeriodSeconds: Invalid value: 9: must be greater than or equal to 10 seconds",
        "spec.serviceAccountTokenInSecrets: Invalid value: false: serviceAccountTokenInSecrets is set but no tokenRequests are specified",
      ],
    ],
  ])("%j", (spec, expected) => {
    expect(drivers.problems(driver(spec))).toEqual(expected);
  });

  it("keeps whether it attaches and how long its volumes live", () => {
    const old = driver();
    expect(drivers.updateProblems(driver({ podInfoOnMount: true, fsGroupPolicy: "File" }), old)).toEqual([]);
    expect(drivers.updateProblems(driver({ attachRequired: false, volumeLifecycleModes: ["Ephemeral"] }), old)).toEqual(
      [
        "spec.attachedRequired: Invalid value: false: field is immutable",
        'spec.volumeLifecycleModes: Invalid value: ["Ephemeral"]: field is immutable',
      ],
    );
  });

  it("counts the changes of its spec from none", () => {
    const old = driver();
    const same = driver();
    drivers.version.hooks.prepareForUpdate?.(same, old, context);
    expect(same.metadata).not.toHaveProperty("generation");
    const changed = driver({ podInfoOnMount: true });
    drivers.version.hooks.prepareForUpdate?.(changed, old, context);
    expect(changed.metadata.generation).toBe(1);
  });

  it("is warned of tokens that may be written down", () => {
    const warnings: string[] = [];
    const warn = (text: string) => warnings.push(text);
    const object = driver({ tokenRequests: [{ audience: "a" }] });
    drivers.problems(object, { warn });
    drivers.updateProblems(object, driver(), { warn });
    expect(warnings).toEqual([WARNING, WARNING]);
    drivers.updateProblems(object, object, { warn });
    drivers.problems(driver({ tokenRequests: [{ audience: "a" }], serviceAccountTokenInSecrets: false }), { warn });
    expect(warnings).toHaveLength(2);
  });

  it("is printed as upstream prints it", () => {
    const names = [
      "AttachRequired",
      "PodInfoOnMount",
      "StorageCapacity",
      "TokenRequests",
      "RequiresRepublish",
      "Modes",
    ];
    expect(drivers.columns(true)).toEqual(["Name", ...names, "Age"]);
    const cells = (object: KubeObject) => names.map((name) => drivers.cell(name, object));
    expect(cells(driver())).toEqual([true, false, false, "<unset>", false, "Persistent"]);
    const told = driver({ tokenRequests: [{ audience: "a" }, { audience: "b" }], volumeLifecycleModes: ["Ephemeral"] });
    expect(cells(told)).toEqual([true, false, false, "a,b", false, "Ephemeral"]);
    expect(drivers.descriptor).toMatchObject({ unconditionalUpdate: false, returnDeletedObject: true });
  });
});
