import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create } from "./support/api-objects.js";
import { expectFailure } from "./support/expect-failure.js";

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };
const MERGE = { "content-type": "application/merge-patch+json" };
const CORE = "/api/v1";
const CLAIMS = `${CORE}/namespaces/default/persistentvolumeclaims`;
const STORAGE = "/apis/storage.k8s.io/v1";
const AGE = expect.stringMatching(/^\d+s$/);

/** A kind as kube-apiserver 1.37 makes and prints it: what is sent, and what is there behind the metadata. */
interface Row {
  readonly path: string;
  readonly sent: object;
  readonly made: object;
  /** All columns, those of `-o wide` too, and the cells. */
  readonly printed: readonly (readonly [column: string, cell: unknown])[];
  /** What else the metadata have. */
  readonly metadata?: object;
}

const ROWS: readonly Row[] = [
  {
    path: CLAIMS,
    sent: { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } },
    made: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "1Gi" } },
        volumeMode: "Filesystem",
      },
      status: { phase: "Pending" },
    },
    printed: [
      ["Name", "a"],
      ["Status", "Pending"],
      ["Volume", ""],
      ["Capacity", ""],
      ["Access Modes", ""],
      ["StorageClass", ""],
      ["VolumeAttributesClass", "<unset>"],
      ["Age", AGE],
      ["VolumeMode", "Filesystem"],
    ],
  },
  {
    path: `${CORE}/persistentvolumes`,
    sent: { spec: { accessModes: ["ReadWriteMany"], capacity: { storage: "5Gi" }, hostPath: { path: "/d" } } },
    made: {
      spec: {
        capacity: { storage: "5Gi" },
        hostPath: { path: "/d", type: "" },
        accessModes: ["ReadWriteMany"],
        persistentVolumeReclaimPolicy: "Retain",
        volumeMode: "Filesystem",
      },
      status: { phase: "Pending", lastPhaseTransitionTime: TIME },
    },
    printed: [
      ["Name", "a"],
      ["Capacity", "5Gi"],
      ["Access Modes", "RWX"],
      ["Reclaim Policy", "Retain"],
      ["Status", "Pending"],
      ["Claim", ""],
      ["StorageClass", ""],
      ["VolumeAttributesClass", "<unset>"],
      ["Reason", ""],
      ["Age", AGE],
      ["VolumeMode", "Filesystem"],
    ],
  },
  {
    path: `${CORE}/nodes`,
    sent: { spec: { podCIDR: "10.244.0.0/24" }, status: { capacity: { cpu: "4" } } },
    made: {
      spec: { podCIDR: "10.244.0.0/24", podCIDRs: ["10.244.0.0/24"] },
      status: {
        capacity: { cpu: "4" },
        allocatable: { cpu: "4" },
        daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
        nodeInfo: {
          machineID: "",
          systemUUID: "",
          bootID: "",
          kernelVersion: "",
          osImage: "",
          containerRuntimeVersion: "",
          kubeletVersion: "",
          kubeProxyVersion: "",
          operatingSystem: "",
          architecture: "",
        },
      },
    },
    printed: [
      ["Name", "a"],
      ["Status", "Unknown"],
      ["Roles", "<none>"],
      ["Age", AGE],
      ["Version", ""],
      ["Internal-IP", "<none>"],
      ["External-IP", "<none>"],
      ["OS-Image", "<unknown>"],
      ["Kernel-Version", "<unknown>"],
      ["Container-Runtime", "<unknown>"],
    ],
  },
  {
    path: `${CORE}/namespaces/default/limitranges`,
    sent: { spec: { limits: [{ type: "Container", max: { cpu: "1" }, min: { memory: "1Mi" } }] } },
    made: {
      spec: {
        limits: [
          {
            type: "Container",
            max: { cpu: "1" },
            min: { memory: "1Mi" },
            default: { cpu: "1" },
            defaultRequest: { cpu: "1", memory: "1Mi" },
          },
        ],
      },
    },
    printed: [
      ["Name", "a"],
      ["Created At", TIME],
    ],
  },
  {
    path: `${STORAGE}/storageclasses`,
    sent: { provisioner: "example.com/disk" },
    made: { provisioner: "example.com/disk", reclaimPolicy: "Delete", volumeBindingMode: "Immediate" },
    printed: [
      ["Name", "a"],
      ["Provisioner", "example.com/disk"],
      ["ReclaimPolicy", "Delete"],
      ["VolumeBindingMode", "Immediate"],
      ["AllowVolumeExpansion", false],
      ["Age", AGE],
    ],
  },
  {
    path: `${STORAGE}/volumeattributesclasses`,
    sent: { driverName: "disk.example.com", parameters: { iops: "3000" } },
    made: { driverName: "disk.example.com", parameters: { iops: "3000" } },
    printed: [
      ["Name", "a"],
      ["DriverName", "disk.example.com"],
      ["Age", AGE],
    ],
  },
  {
    path: `${STORAGE}/volumeattachments`,
    sent: { spec: { attacher: "disk.example.com", nodeName: "n", source: { persistentVolumeName: "v" } } },
    made: {
      spec: { attacher: "disk.example.com", source: { persistentVolumeName: "v" }, nodeName: "n" },
      status: { attached: false },
    },
    printed: [
      ["Name", "a"],
      ["Attacher", "disk.example.com"],
      ["PV", "v"],
      ["Node", "n"],
      ["Attached", false],
      ["Age", AGE],
    ],
  },
  {
    path: `${STORAGE}/csidrivers`,
    sent: { spec: {} },
    made: {
      spec: {
        attachRequired: true,
        podInfoOnMount: false,
        volumeLifecycleModes: ["Persistent"],
        storageCapacity: false,
        fsGroupPolicy: "ReadWriteOnceWithFSType",
        requiresRepublish: false,
        seLinuxMount: false,
        preventPodSchedulingIfMissing: false,
      },
    },
    printed: [
      ["Name", "a"],
      ["AttachRequired", true],
      ["PodInfoOnMount", false],
      ["StorageCapacity", false],
      ["TokenRequests", "<unset>"],
      ["RequiresRepublish", false],
      ["Modes", "Persistent"],
      ["Age", AGE],
    ],
  },
  {
    path: `${STORAGE}/csinodes`,
    sent: { spec: { drivers: [{ name: "disk.example.com", nodeID: "n" }] } },
    made: { spec: { drivers: [{ name: "disk.example.com", nodeID: "n", topologyKeys: null }] } },
    printed: [
      ["Name", "a"],
      ["Drivers", 1],
      ["Age", AGE],
    ],
  },
  {
    path: `${STORAGE}/namespaces/default/csistoragecapacities`,
    sent: { storageClassName: "fast", capacity: "1Gi" },
    made: { storageClassName: "fast", capacity: "1Gi" },
    printed: [
      ["Name", "a"],
      ["Created At", TIME],
    ],
  },
  {
    path: "/apis/scheduling.k8s.io/v1/priorityclasses",
    sent: { value: 1000 },
    made: { value: 1000, preemptionPolicy: "PreemptLowerPriority" },
    metadata: { generation: 1 },
    printed: [
      ["Name", "a"],
      ["Value", 1000],
      ["Global-Default", false],
      ["Age", AGE],
      ["PreemptionPolicy", "PreemptLowerPriority"],
    ],
  },
  {
    path: "/apis/node.k8s.io/v1/runtimeclasses",
    sent: { handler: "runc" },
    made: { handler: "runc" },
    printed: [
      ["Name", "a"],
      ["Handler", "runc"],
      ["Age", AGE],
    ],
  },
];

interface Table {
  readonly columnDefinitions: readonly { readonly name: string }[];
  readonly rows: readonly { readonly cells: readonly unknown[] }[];
}

describe("nodes, and the kinds about storage and scheduling", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  const patch = (path: string, body: object) => server.request(path, { method: "PATCH", headers: MERGE, body });

  it.each(ROWS)(
    "are made and printed as kube-apiserver does it: $path",
    async ({ path, sent, made, metadata, printed }) => {
      const namespaced = path.includes("/namespaces/");
      const object = await create(server, path, { metadata: { name: "a" }, ...sent });
      const { managedFields, ...kept } = object.metadata;
      expect(managedFields).toHaveLength(1);
      const expected = {
        name: "a",
        ...(namespaced ? { namespace: "default" } : {}),
        uid: expect.any(String),
        resourceVersion: expect.any(String),
        creationTimestamp: TIME,
        ...metadata,
      };
      expect({ ...object, metadata: kept }).toEqual({
        kind: expect.any(String),
        apiVersion: expect.any(String),
        metadata: expected,
        ...made,
      });
      const { columnDefinitions, rows } = (await server.request(`${path}/a`, { headers: TABLE })).json<Table>();
      expect(columnDefinitions.map(({ name }) => name)).toEqual(printed.map(([name]) => name));
      expect(rows[0]?.cells).toEqual(printed.map(([, cell]) => cell));
    },
  );

  it("keep a claim as it is, and let it grow once it is bound", async () => {
    await create(server, CLAIMS, {
      metadata: { name: "grows" },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    });
    const larger = { spec: { resources: { requests: { storage: "2Gi" } } } };
    const refused = await patch(`${CLAIMS}/grows`, larger);
    expect(refused.status).toBe(422);
    expect(refused.json<{ message: string }>().message).toMatch(
      /^PersistentVolumeClaim "grows" is invalid: spec: Forbidden: spec is immutable after creation except resources\.requests and volumeAttributesClassName for bound claims\n@@/,
    );
    const bound = { status: { phase: "Bound", capacity: { storage: "1Gi" } } };
    expect((await patch(`${CLAIMS}/grows/status`, bound)).status).toBe(200);
    const grown = await patch(`${CLAIMS}/grows`, larger);
    expect(grown.json<KubeObject>()).toMatchObject({ ...larger, ...bound });
    const negative = await patch(`${CLAIMS}/grows/status`, { status: { capacity: { storage: "-1" } } });
    expect(negative.json()).toMatchObject({
      code: 422,
      message:
        'PersistentVolumeClaim "grows" is invalid: status.capacity[storage]: Invalid value: -1: must be a valid resource quantity',
    });
  });

  it("choose nodes by whether they take pods", async () => {
    await create(server, `${CORE}/nodes`, { metadata: { name: "cordoned" }, spec: { unschedulable: true } });
    const chosen = async (value: boolean) => {
      const list = await server.request(`${CORE}/nodes?fieldSelector=spec.unschedulable=${value}`);
      return list.json<{ items: KubeObject[] }>().items.map(({ metadata }) => metadata.name);
    };
    expect(await chosen(true)).toEqual(["cordoned"]);
    expect(await chosen(false)).toEqual(["a"]);
  });

  it("let nodes be proxied to only where they can be reached", async () => {
    const at = async (name: string, rest = "/healthz") => server.request(`${CORE}/nodes/${name}/proxy${rest}`);
    expectFailure(await at("gone"), 404, "NotFound", 'nodes "gone" not found', { name: "gone", kind: "nodes" });
    expect((await at("a")).json<{ message: string }>().message).toBe(
      "no preferred addresses found; known addresses: []",
    );
    await patch(`${CORE}/nodes/a/status`, { status: { addresses: [{ type: "InternalIP", address: "127.0.0.1" }] } });
    expectFailure(await at("a"), 400, "BadRequest", "address not allowed");
    await patch(`${CORE}/nodes/a/status`, { status: { addresses: [{ type: "InternalIP", address: "10.0.0.7" }] } });
    const dial = (host: string) => `error trying to reach service: dial tcp ${host}: connect: connection refused`;
    expectFailure(await at("a"), 503, "ServiceUnavailable", dial("10.0.0.7:10250"));
    expectFailure(await at("http:a:9100"), 503, "ServiceUnavailable", dial("10.0.0.7:9100"));
  });
});
