import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { PersistentVolume } from "./persistent-volume.js";

const volumes = new Compiled(PersistentVolume);
const hostPath = { path: "/data" };
const BASE = { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"] };
const AFFINITY = {
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "In", values: ["b"] }] }] },
};

function volume(spec: JsonObject = { hostPath }, annotations?: { [key: string]: string }): KubeObject {
  const metadata = { name: "v", ...(annotations && { annotations }) };
  return volumes.object({ spec: { ...BASE, ...spec } }, metadata);
}

function matching(messages: readonly (string | RegExp)[]): unknown[] {
  return messages.map((one) => (typeof one === "string" ? one : expect.stringMatching(one)));
}

describe("a volume", () => {
  it("is kept when its claim goes, and is for files", () => {
    const object = volume();
    expect(object.spec).toEqual({
      ...BASE,
      hostPath: { path: "/data", type: "" },
      persistentVolumeReclaimPolicy: "Retain",
      volumeMode: "Filesystem",
    });
    expect(object.status).toEqual({ phase: "Pending" });
    const again = structuredClone(object);
    volumes.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      "rbd",
      { monitors: ["m"], image: "i" },
      { monitors: ["m"], image: "i", pool: "rbd", user: "admin", keyring: "/etc/ceph/keyring" },
    ],
    [
      "iscsi",
      { targetPortal: "t", iqn: "iqn", lun: 0 },
      { targetPortal: "t", iqn: "iqn", lun: 0, iscsiInterface: "default" },
    ],
    [
      "azureDisk",
      { diskName: "d", diskURI: "u" },
      { diskName: "d", diskURI: "u", cachingMode: "ReadWrite", fsType: "ext4", readOnly: false, kind: "Shared" },
    ],
    [
      "scaleIO",
      { gateway: "g", system: "s" },
      { gateway: "g", system: "s", storageMode: "ThinProvisioned", fsType: "xfs" },
    ],
  ])("has the defaults of %s", (name, source, expected) => {
    expect(volume({ [name]: source }).spec).toMatchObject({ [name]: expected });
  });

  it("begins pending, now", () => {
    const object = volume();
    volumes.version.hooks.prepareForCreate?.(object, { ...context, operation: "CREATE" });
    expect(object.status).toEqual({
      phase: "Pending",
      lastPhaseTransitionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  it.each<[string, JsonObject, JsonObject, unknown]>([
    [
      "stays",
      { phase: "Bound" },
      { phase: "Bound", lastPhaseTransitionTime: "2024-01-01T00:00:00Z" },
      "2024-01-01T00:00:00Z",
    ],
    [
      "is said",
      { phase: "Bound", lastPhaseTransitionTime: "2025-01-01T00:00:00Z" },
      { phase: "Pending", lastPhaseTransitionTime: "2024-01-01T00:00:00Z" },
      "2025-01-01T00:00:00Z",
    ],
    [
      "is now",
      { phase: "Bound", lastPhaseTransitionTime: "2024-01-01T00:00:00Z" },
      { phase: "Pending", lastPhaseTransitionTime: "2024-01-01T00:00:00Z" },
      expect.stringMatching(/^20(?!24)/),
    ],
  ])("tells when its phase changed: that %s", (_what, status, old, expected) => {
    const object = { ...volume(), status };
    volumes.version.hooks.prepareForPartUpdate?.(
      object,
      { ...volume(), status: old },
      { ...context, subresource: "status" },
    );
    expect(object.status).toHaveProperty("lastPhaseTransitionTime", expected);
  });
});

describe("a volume is refused", () => {
  it.each<[JsonObject, (string | RegExp)[]]>([
    [{ hostPath, accessModes: [] }, ["spec.accessModes: Required value"]],
    [
      { hostPath, accessModes: ["A"] },
      [/^spec\.accessModes: Unsupported value: "A": supported values: "ReadOnlyMany"/],
    ],
    [
      { hostPath, accessModes: ["ReadWriteOncePod", "ReadWriteOnce"] },
      ["spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes"],
    ],
    [
      { hostPath, capacity: {} },
      ["spec.capacity: Required value", 'spec.capacity: Unsupported value: null: supported values: "storage"'],
    ],
    [
      { hostPath, capacity: { storage: "1", cpu: "1" } },
      ['spec.capacity: Unsupported value: {"cpu":"1","storage":"1"}: supported values: "storage"'],
    ],
    [
      { hostPath, capacity: { storage: "-1" } },
      [
        "spec.capacity[storage]: Invalid value: -1: must be a valid resource quantity",
        'spec.capacity[storage]: Invalid value: "-1": must be greater than zero',
      ],
    ],
    [
      { hostPath, persistentVolumeReclaimPolicy: "Burn" },
      [
        'spec.persistentVolumeReclaimPolicy: Unsupported value: "Burn": supported values: "Delete", "Recycle", "Retain"',
      ],
    ],
    [
      { hostPath: { path: "//." }, persistentVolumeReclaimPolicy: "Recycle" },
      ["spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'"],
    ],
    [
      { hostPath, nodeAffinity: {} },
      ["spec.nodeAffinity.required: Required value: must specify required node constraints"],
    ],
    [
      { hostPath, nodeAffinity: { required: { nodeSelectorTerms: [] } } },
      ["spec.nodeAffinity.required.nodeSelectorTerms: Required value: must have at least one node selector term"],
    ],
    [{}, ["spec: Required value: must specify a volume type"]],
    [{ hostPath, storageClassName: "A" }, [/^spec\.storageClassName: Invalid value: "A"/]],
    [
      { hostPath, volumeMode: "Tape" },
      ['spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"'],
    ],
    [
      { hostPath, volumeAttributesClassName: "" },
      [
        "spec.volumeAttributesClassName: Required value: an empty string is disallowed",
        "spec.csi: Required value: has to be specified when using volumeAttributesClassName",
      ],
    ],
    [
      { csi: { driver: "d", volumeHandle: "h" }, volumeAttributesClassName: "A" },
      [/^spec\.volumeAttributesClassName: Invalid value: "A"/],
    ],
    [
      { hostPath, nfs: { server: "s", path: "/" }, csi: { driver: "d", volumeHandle: "h" } },
      [
        "spec.nfs: Forbidden: may not specify more than 1 volume type",
        "spec.csi: Forbidden: may not specify more than 1 volume type",
      ],
    ],
    [{ hostPath, cephfs: { monitors: ["m"] } }, ["spec.cephFS: Forbidden: may not specify more than 1 volume type"]],
    [{ hostPath, flexVolume: { driver: "" } }, ["spec.flexVolume.driver: Required value"]],
  ])("for %j", (spec, messages) => {
    expect(volumes.problems(volume(spec))).toEqual(matching(messages));
  });
});

describe("the source of a volume", () => {
  const secretRef = {};
  it.each<[string, JsonObject, (string | RegExp)[]]>([
    ["hostPath", { path: "" }, ["spec.hostPath.path: Required value"]],
    ["gcePersistentDisk", { pdName: "" }, ["spec.persistentDisk.pdName: Required value"]],
    ["awsElasticBlockStore", { volumeID: "" }, ["spec.awsElasticBlockStore.volumeID: Required value"]],
    [
      "glusterfs",
      { endpoints: "", path: "", endpointsNamespace: "" },
      [
        "spec.glusterfs.endpoints: Required value",
        "spec.glusterfs.path: Required value",
        'spec.glusterfs.endpointsNamespace: Invalid value: "": if the endpointnamespace is set, it must be a valid namespace name',
      ],
    ],
    [
      "glusterfs",
      { endpoints: "e", path: "p", endpointsNamespace: "A" },
      [/^spec\.glusterfs\.endpointsNamespace: Invalid value: "A": a lowercase RFC 1123 label/],
    ],
    ["flocker", {}, ["spec.flocker: Required value: one of datasetName and datasetUUID is required"]],
    ["nfs", { server: "", path: "/" }, ["spec.nfs.server: Required value"]],
    ["rbd", { monitors: [], image: "" }, ["spec.rbd.monitors: Required value", "spec.rbd.image: Required value"]],
    ["quobyte", { registry: "h:1", volume: "" }, ["spec.quobyte.volume: Required value"]],
    ["cephfs", { monitors: [] }, ["spec.cephfs.monitors: Required value"]],
    [
      "iscsi",
      { targetPortal: "", iqn: "", lun: 256, chapAuthSession: true },
      [
        "spec.iscsi.targetPortal: Required value",
        "spec.iscsi.iqn: Required value",
        "spec.iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive",
        "spec.iscsi.secretRef: Required value",
      ],
    ],
    [
      "iscsi",
      { targetPortal: "p".repeat(63), iqn: "abc", lun: 0, secretRef, initiatorName: "iqn.x" },
      [
        /^spec\.iscsi\.targetportal: Invalid value: "p+": Total length of <volume name>:<iscsi\.targetPortal> must be under 64/,
        'spec.iscsi.iqn: Invalid value: "abc": must be valid format',
        "spec.iscsi.secretRef.name: Required value",
        'spec.iscsi.initiatorname: Invalid value: "iqn.x": must be valid format',
      ],
    ],
    [
      "cinder",
      { volumeID: "", secretRef },
      [
        "spec.cinder.volumeID: Required value",
        "spec.cinder.secretRef.name: Required value",
        "spec.cinder.secretRef.namespace: Required value",
      ],
    ],
    ["fc", {}, ["spec.fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both"]],
    [
      "azureFile",
      { secretName: "", shareName: "", secretNamespace: "" },
      [
        "spec.azureFile.secretName: Required value",
        "spec.azureFile.shareName: Required value",
        "spec.azureFile.secretNamespace: Required value",
      ],
    ],
    ["vsphereVolume", { volumePath: "" }, ["spec.vsphereVolume.volumePath: Required value"]],
    ["photonPersistentDisk", { pdID: "" }, ["spec.photonPersistentDisk.pdID: Required value"]],
    ["portworxVolume", { volumeID: "" }, ["spec.portworxVolume.volumeID: Required value"]],
    ["azureDisk", { diskName: "", diskURI: "https://x" }, ["spec.azureDisk.diskName: Required value"]],
    ["scaleIO", { gateway: "", system: "s", secretRef, volumeName: "v" }, ["spec.scaleIO.gateway: Required value"]],
    [
      "local",
      { path: "" },
      ["spec.local.path: Required value", "spec.nodeAffinity: Required value: Local volume requires node affinity"],
    ],
    [
      "storageos",
      { volumeName: "A", secretRef },
      [
        /^spec\.storageos\.volumeName: Invalid value: "A"/,
        "spec.storageos.secretRef.name: Required value",
        "spec.storageos.secretRef.namespace: Required value",
      ],
    ],
    [
      "csi",
      {
        driver: "",
        volumeHandle: "",
        controllerPublishSecretRef: {},
        nodeExpandSecretRef: { name: "A", namespace: "A" },
      },
      [
        "spec.csi.driver: Required value",
        "spec.csi.volumeHandle: Required value",
        "spec.csi.controllerPublishSecretRef.name: Required value",
        "spec.csi.controllerPublishSecretRef.namespace: Required value",
        /^spec\.csi\.nodeExpandSecretRef\.name: Invalid value: "A": a lowercase RFC 1123 subdomain/,
        /^spec\.csi\.nodeExpandSecretRef\.namespace: Invalid value: "A": a lowercase RFC 1123 label/,
      ],
    ],
  ])("is checked: %s %j", (name, source, messages) => {
    expect(volumes.problems(volume({ [name]: source }))).toEqual(matching(messages));
  });

  it("may be local with the nodes that have it", () => {
    expect(volumes.problems(volume({ local: { path: "/d" }, nodeAffinity: AFFINITY }))).toEqual([]);
    expect(volumes.problems(volume({ local: { path: "/d/.." }, nodeAffinity: AFFINITY }))).toEqual([
      "spec.local.path: Invalid value: \"/d/..\": must not contain '..'",
    ]);
  });
});

describe("an update", () => {
  const csi = { driver: "d", volumeHandle: "h" };
  const requirement = (key: string) => ({
    hostPath,
    nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values: ["b"] }] }] } },
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["how much there is", { hostPath }, { hostPath, capacity: { storage: "2Gi" } }],
    ["the nodes, once", { hostPath }, { hostPath, nodeAffinity: AFFINITY }],
    [
      "the secret to expand it, once",
      { csi },
      { csi: { ...csi, controllerExpandSecretRef: { name: "s", namespace: "n" } } },
    ],
    ["the class of attributes", { csi, volumeAttributesClassName: "a" }, { csi, volumeAttributesClassName: "b" }],
    ["old labels of nodes to new ones", requirement("beta.kubernetes.io/os"), requirement("kubernetes.io/os")],
  ])("may change %s", (_what, before, after) => {
    expect(volumes.updateProblems(volume(after), volume(before))).toEqual([]);
  });

  it.each<[string, JsonObject, JsonObject, (string | RegExp)[]]>([
    [
      "its source",
      { hostPath },
      { hostPath: { path: "/other" } },
      [
        /^spec\.persistentvolumesource: Forbidden: spec\.persistentvolumesource is immutable after creation\n@@.*@@\n[\s\S]*\n- {2}"Path": "\/data",\n\+ {2}"Path": "\/other",\n/,
      ],
    ],
    [
      "its mode",
      { hostPath },
      { hostPath, volumeMode: "Block" },
      ['volumeMode: Invalid value: "Block": field is immutable'],
    ],
    [
      "its nodes",
      requirement("a"),
      requirement("b"),
      [
        'nodeAffinity: Invalid value: {"Required":{"NodeSelectorTerms":[{"MatchExpressions":[{"Key":"b","Operator":"In","Values":["b"]}],"MatchFields":null}]}}: field is immutable, except for updating from beta label to GA',
      ],
    ],
    [
      "its nodes to any",
      requirement("a"),
      { hostPath },
      ["nodeAffinity: Invalid value: null: field is immutable, except for updating from beta label to GA"],
    ],
    [
      "its class of attributes to none",
      { csi, volumeAttributesClassName: "a" },
      { csi },
      ["spec.volumeAttributesClassName: Forbidden: update from non-nil value to nil is forbidden"],
    ],
  ])("may not change %s", (_what, before, after, messages) => {
    expect(volumes.updateProblems(volume(after), volume(before))).toEqual(matching(messages));
  });

  it("may lose the key of a requirement, which is then refused for that alone", () => {
    const of = (key: string) => ({
      hostPath,
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "Exists" }] }] } },
    });
    const problems = volumes.updateProblems(volume(of("")), volume(of("a")));
    expect(problems.filter((problem) => problem.startsWith("nodeAffinity"))).toEqual([]);
    expect(volumes.updateProblems(volume(of("b")), volume(of("a")))).toEqual([
      expect.stringMatching(/^nodeAffinity: Invalid value/),
    ]);
  });

  it("may keep values that no label has", () => {
    const odd = {
      hostPath,
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "In", values: ["%"] }] }] },
      },
    };
    expect(volumes.updateProblems(volume(odd), volume(odd))).toEqual([]);
    expect(volumes.problems(volume(odd))).toHaveLength(1);
  });
});

it("has an annotation with mount options only where they are of use", () => {
  const annotations = { "volume.beta.kubernetes.io/mount-options": "ro" };
  const refused =
    "metadata.annotations.volume.beta.kubernetes.io/mount-options: Forbidden: may not specify mount options for this volume type";
  expect(volumes.problems(volume({ nfs: { server: "s", path: "/" } }, annotations))).toEqual([]);
  const object = volume({ hostPath }, annotations);
  expect(volumes.problems(object)).toEqual([refused]);
  expect(volumes.updateProblems(object, structuredClone(object))).toEqual([refused]);
});

it("is warned of when it is as it was once", () => {
  const warnings: string[] = [];
  const spec = {
    rbd: { monitors: ["m"], image: "i" },
    persistentVolumeReclaimPolicy: "Recycle",
    nodeAffinity: {
      required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "beta.kubernetes.io/os", operator: "Exists" }] }] },
    },
  };
  const object = volume(spec, { "volume.beta.kubernetes.io/mount-options": "ro" });
  expect(volumes.problems(object, { warn: (text) => warnings.push(text) })).toEqual([]);
  expect(warnings).toEqual([
    'metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; use "mountOptions" attribute instead',
    "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.",
    'spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].key: beta.kubernetes.io/os is deprecated since v1.14; use "kubernetes.io/os" instead',
    "spec.rbd: deprecated in v1.28, non-functional in v1.31+",
  ]);
});

describe("columns", () => {
  const names = [
    "Capacity",
    "Access Modes",
    "Reclaim Policy",
    "Status",
    "Claim",
    "StorageClass",
    "VolumeAttributesClass",
    "Reason",
  ];

  it("are upstream's", () => {
    expect(volumes.columns()).toEqual(["Name", ...names, "Age"]);
    expect(volumes.columns(true)).toEqual(["Name", ...names, "Age", "VolumeMode"]);
  });

  it("tell who has it", () => {
    const spec = { hostPath, claimRef: { namespace: "demo", name: "c" }, storageClassName: "fast" };
    const object = { ...volume(spec), status: { phase: "Bound", reason: "Why" } };
    expect(names.map((name) => volumes.cell(name, object))).toEqual([
      "1Gi",
      "RWO",
      "Retain",
      "Bound",
      "demo/c",
      "fast",
      "<unset>",
      "Why",
    ]);
    expect(volumes.cell("VolumeMode", object)).toBe("Filesystem");
    expect(volumes.cell("Claim", volume())).toBe("");
  });
});
