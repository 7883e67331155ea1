import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { PersistentVolumeClaim } from "./persistent-volume-claim.js";

const claims = new Compiled(PersistentVolumeClaim);
const resources = { requests: { storage: "1Gi" } };
const BETA = "volume.beta.kubernetes.io/storage-class";

function claim(spec: JsonObject = {}, status: JsonObject = {}, annotations?: { [key: string]: string }): KubeObject {
  const metadata = { name: "a", namespace: "demo", ...(annotations && { annotations }) };
  return claims.object({ spec: { accessModes: ["ReadWriteOnce"], resources, ...spec }, status }, metadata);
}

function created(spec: JsonObject): KubeObject {
  const object = claim(spec);
  claims.version.hooks.prepareForCreate?.(object, { ...context, operation: "CREATE" });
  return object;
}

describe("a claim", () => {
  it("is for files, waits for its volume, and asks for thousandths at the least", () => {
    const object = claim({ resources: { requests: { storage: "1.00001" }, limits: { storage: "2.00001" } } });
    expect(object.spec).toEqual({
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1001m" }, limits: { storage: "2001m" } },
      volumeMode: "Filesystem",
    });
    expect(object.status).toEqual({ phase: "Pending" });
    const again = structuredClone(object);
    claims.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it("says where its data come from in both fields", () => {
    const source = { apiGroup: null, kind: "PersistentVolumeClaim", name: "b" };
    const snapshot = { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name: "s" };
    expect(created({ dataSource: source }).spec).toMatchObject({ dataSource: source, dataSourceRef: source });
    expect(created({ dataSource: snapshot }).spec).toMatchObject({ dataSourceRef: snapshot });
    const other = { apiGroup: "example.com", kind: "Image", name: "i" };
    expect(created({ dataSourceRef: other }).spec).toMatchObject({ dataSource: other, dataSourceRef: other });
  });

  it("forgets sources that it may not have", () => {
    const other = { apiGroup: "example.com", kind: "Image", name: "i" };
    for (const spec of [{ dataSource: other }, { dataSourceRef: { ...other, namespace: "else" } }]) {
      const made = created(spec);
      expect(made.spec).not.toHaveProperty("dataSource");
      expect(made.spec).not.toHaveProperty("dataSourceRef");
    }
  });

  it("keeps the source that it has when an older client leaves one of the fields out", () => {
    const other = { apiGroup: "example.com", kind: "Image", name: "i" };
    const old = created({ dataSourceRef: other });
    const object = claim({ dataSource: other });
    claims.version.hooks.prepareForUpdate?.(object, old, context);
    expect(claims.updateProblems(object, old)).toEqual([]);
  });
});

describe("a claim is refused", () => {
  const reference = (over: JsonObject) => ({ kind: "PersistentVolumeClaim", name: "b", ...over });
  it.each<[JsonObject, (string | RegExp)[]]>([
    [{ accessModes: [] }, ["spec.accessModes: Required value: at least 1 access mode is required"]],
    [
      { accessModes: ["Fast"] },
      [
        'spec.accessModes: Unsupported value: "Fast": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      ],
    ],
    [
      { accessModes: ["ReadWriteOncePod", "ReadOnlyMany"] },
      ["spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes"],
    ],
    [
      { selector: { matchExpressions: [{ key: "a", operator: "In" }] } },
      [/^spec\.selector\.matchExpressions\[0\]\.values: Required value: must be specified when/],
    ],
    [{ resources: {} }, ["spec.resources[storage]: Required value"]],
    [
      { resources: { requests: { storage: "0" } } },
      ['spec.resources[storage]: Invalid value: "0": must be greater than zero'],
    ],
    [
      { resources: { requests: { storage: "-1" } } },
      ['spec.resources[storage]: Invalid value: "-1": must be greater than zero'],
    ],
    [{ storageClassName: "A" }, [/^spec\.storageClassName: Invalid value: "A": a lowercase RFC 1123 subdomain/]],
    [{ volumeMode: "Tape" }, ['spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"']],
    [
      { dataSource: { kind: "", name: "" } },
      [
        "spec.dataSource.name: Required value",
        "spec.dataSource.kind: Required value",
        "spec.dataSource: Invalid value: \"\": must be 'PersistentVolumeClaim' when referencing the default apiGroup",
      ],
    ],
    [{ dataSource: reference({ apiGroup: "A" }) }, [/^spec\.dataSource\.apiGroup: Invalid value: "A": a lowercase/]],
    [
      { dataSourceRef: reference({ namespace: "A" }) },
      [/^spec\.dataSourceRef\.namespace: Invalid value: "A": a lowercase RFC 1123 label/],
    ],
    [
      { dataSource: reference({}), dataSourceRef: reference({ namespace: "b" }) },
      ["spec: Invalid value: {}: may not be specified when dataSourceRef.namespace is specified"],
    ],
    [
      { dataSource: reference({}), dataSourceRef: reference({ name: "c" }) },
      ["spec: Invalid value: {}: must match dataSourceRef"],
    ],
    [
      { volumeAttributesClassName: "A" },
      [/^spec\.volumeAttributesClassName: Invalid value: "A": a lowercase RFC 1123 subdomain/],
    ],
  ])("for %j", (spec, messages) => {
    const expected = messages.map((one) => (typeof one === "string" ? one : expect.stringMatching(one)));
    expect(claims.problems(claim(spec))).toEqual(expected);
  });

  it("for nothing when it may be as it is", () => {
    const spec = { storageClassName: "", volumeAttributesClassName: "", volumeMode: "Block" };
    expect(claims.problems(claim(spec))).toEqual([]);
  });
});

describe("warnings", () => {
  it("tell of parts of bytes and of the class that an annotation says", () => {
    const warnings: string[] = [];
    const object = claim(
      { resources: { requests: { storage: "1.5" }, limits: { storage: "2.5" } } },
      {},
      { [BETA]: "c" },
    );
    expect(claims.problems(object, { warn: (text) => warnings.push(text) })).toEqual([]);
    expect(warnings).toEqual([
      `metadata.annotations[${BETA}]: deprecated since v1.8; use "storageClassName" attribute instead`,
      'spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
      'spec.resources.limits[storage]: fractional byte value "2500m" is invalid, must be an integer',
    ]);
  });
});

describe("an update", () => {
  const bound = { phase: "Bound", capacity: { storage: "1Gi" } };
  const IMMUTABLE =
    /^spec: Forbidden: spec is immutable after creation except resources\.requests and volumeAttributesClassName for bound claims\n@@/;
  const size = (storage: string) => ({ resources: { requests: { storage } } });

  it.each<[string, JsonObject, JsonObject, JsonObject]>([
    ["the volume, once", {}, { volumeName: "v" }, {}],
    ["the class, once", {}, { storageClassName: "c" }, {}],
    ["the size of a bound claim", {}, size("2Gi"), bound],
    ["the size down to what is there", size("3Gi"), size("2Gi"), bound],
    [
      "the class of attributes of a bound claim",
      { volumeAttributesClassName: "a" },
      { volumeAttributesClassName: "b" },
      bound,
    ],
    ["nothing, but the form of a quantity", size("1Ki"), size("1024"), {}],
  ])("may change %s", (_what, before, after, status) => {
    expect(claims.updateProblems(claim(after, status), claim(before, status))).toEqual([]);
  });

  it.each<[string, JsonObject, JsonObject, JsonObject, (string | RegExp)[]]>([
    ["its volume", { volumeName: "v" }, { volumeName: "w" }, {}, [IMMUTABLE]],
    ["its class", { storageClassName: "c" }, { storageClassName: "d" }, {}, [IMMUTABLE]],
    ["the size before it is bound", {}, size("2Gi"), {}, [IMMUTABLE]],
    [
      "the size to less than it has",
      size("3Gi"),
      size("1Gi"),
      bound,
      ["spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"],
    ],
    ["its limits", {}, { resources: { ...resources, limits: { storage: "2Gi" } } }, bound, [IMMUTABLE]],
    [
      "its mode",
      {},
      { volumeMode: "Block" },
      {},
      [IMMUTABLE, 'volumeMode: Invalid value: "Block": field is immutable'],
    ],
    [
      "its class of attributes to none",
      { volumeAttributesClassName: "a" },
      {},
      { ...bound, currentVolumeAttributesClassName: "a" },
      [
        "spec.volumeAttributesClassName: Forbidden: update to nil is forbidden when status.currentVolumeAttributesClassName is not nil",
      ],
    ],
    [
      "its class of attributes to an empty one",
      { volumeAttributesClassName: "a" },
      { volumeAttributesClassName: "" },
      { ...bound, currentVolumeAttributesClassName: "a" },
      [
        "spec.volumeAttributesClassName: Forbidden: update to empty string is forbidden when status.currentVolumeAttributesClassName is not nil",
      ],
    ],
  ])("may not change %s", (_what, before, after, status, messages) => {
    const expected = messages.map((one) => (typeof one === "string" ? one : expect.stringMatching(one)));
    expect(claims.updateProblems(claim(after, status), claim(before, status))).toEqual(expected);
  });

  it("tells what differs", () => {
    expect(claims.updateProblems(claim({ volumeName: "w" }), claim({ volumeName: "v" }))[0]).toContain(
      '\n- "VolumeName": "v",\n+ "VolumeName": "w",\n',
    );
  });

  it("may move the class from the annotation to its field, but not change the annotation", () => {
    const old = claim({}, {}, { [BETA]: "c" });
    expect(claims.updateProblems(claim({ storageClassName: "c" }), old)).toEqual([]);
    expect(claims.updateProblems(claim({ storageClassName: "c" }, {}, { [BETA]: "c" }), old)).toEqual([]);
    expect(claims.updateProblems(claim({ storageClassName: "d" }, {}, { [BETA]: "c" }), old)).toEqual([
      expect.stringMatching(IMMUTABLE),
    ]);
    expect(claims.updateProblems(claim({}, {}, { [BETA]: "d" }), old)).toEqual([
      `metadata.annotations.${BETA}: Invalid value: "d": field is immutable`,
    ]);
  });

  it("may keep what was never right", () => {
    const selector = { matchLabels: { a: "%" } };
    expect(claims.updateProblems(claim({ selector }), claim({ selector }))).not.toEqual([]);
    const loose = { selector: { matchExpressions: [{ key: "a", operator: "In", values: ["%"] }] } };
    expect(claims.updateProblems(claim(loose), claim(loose))).toEqual([]);
    const source = { apiGroup: "A", kind: "K", name: "n" };
    const sources = { dataSource: source, dataSourceRef: source };
    expect(claims.updateProblems(claim(sources), claim(sources))).toEqual([]);
  });
});

describe("what controllers say", () => {
  const told = (status: JsonObject) => claims.updateProblems(claim({}, status), claim(), { subresource: "status" });

  it.each<[JsonObject, (string | RegExp)[]]>([
    [
      { capacity: { storage: "-1500m" } },
      ["status.capacity[storage]: Invalid value: -2: must be a valid resource quantity"],
    ],
    [
      { allocatedResourceStatuses: { cpu: "NodeResizePending", "a b": "NodeResizePending", "example.com/x": "Odd" } },
      [
        'status.allocatedResourceStatuses: Unsupported value: "cpu": supported values: "storage"',
        /^status\.allocatedResourceStatuses: Invalid value: "a b": name part must consist of/,
        'status.allocatedResourceStatuses: Unsupported value: "example.com/x": supported values: "ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending"',
      ],
    ],
    [
      { allocatedResources: { cpu: "1", storage: "-1" } },
      [
        'status.allocatedResources: Unsupported value: "cpu": supported values: "storage"',
        "status.allocatedResources[storage]: Invalid value: -1: must be a valid resource quantity",
      ],
    ],
    [{ allocatedResources: { storage: "1Gi", "example.com/x": "1" }, capacity: { storage: "1Gi" } }, []],
  ])("is checked: %j", (status, messages) => {
    const expected = messages.map((one) => (typeof one === "string" ? one : expect.stringMatching(one)));
    expect([...told(status)].sort()).toEqual([...expected].sort());
  });
});

describe("columns", () => {
  const names = ["Status", "Volume", "Capacity", "Access Modes", "StorageClass", "VolumeAttributesClass", "VolumeMode"];

  it("are upstream's", () => {
    expect(claims.columns()).toEqual(["Name", ...names.slice(0, -1), "Age"]);
    expect(claims.columns(true)).toEqual(["Name", ...names.slice(0, -1), "Age", "VolumeMode"]);
  });

  it("tell what a claim has, and that it goes", () => {
    const cells = (object: KubeObject) => names.map((name) => claims.cell(name, object) ?? "");
    expect(cells(claim())).toEqual(["Pending", "", "", "", "", "<unset>", "Filesystem"]);
    const status = { phase: "Bound", accessModes: ["ReadOnlyMany", "ReadWriteOnce"], capacity: { storage: "1Gi" } };
    const spec = { volumeName: "v", storageClassName: "fast", volumeAttributesClassName: "gold" };
    expect(cells(claim(spec, status))).toEqual(["Bound", "v", "1Gi", "RWO,ROX", "fast", "gold", "Filesystem"]);
    expect(cells(claim({ volumeName: "v" }, {}, { [BETA]: "old" })).slice(1, 5)).toEqual(["v", "0", "", "old"]);
    const going = claim();
    going.metadata.deletionTimestamp = "2026-01-01T00:00:00Z";
    expect(claims.cell("Status", going)).toBe("Terminating");
  });
});
