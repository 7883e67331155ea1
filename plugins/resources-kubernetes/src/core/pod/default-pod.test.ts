import { expect, test } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { Pod } from "./pod.js";
import { PodTemplate } from "./pod-template.js";

const pods = new Compiled(Pod);
const templates = new Compiled(PodTemplate);

function specOf(spec: object) {
  return pods.object(JSON.parse(JSON.stringify({ spec }))).spec;
}

function containerOf(container: object, pod: object = {}) {
  const spec = specOf({ ...pod, containers: [{ name: "a", image: "nginx:1", ...container }] });
  return Object(spec).containers[0];
}

function volumeOf(volume: object) {
  return Object(specOf({ volumes: [{ name: "v", ...volume }], containers: [] })).volumes[0];
}

test("a minimal pod gets what kube-apiserver gives it", () => {
  expect(pods.object({ spec: { containers: [{ name: "web", image: "nginx" }] } })).toEqual({
    kind: "Pod",
    apiVersion: "v1",
    metadata: { name: "a", namespace: "demo" },
    spec: {
      containers: [
        {
          name: "web",
          image: "nginx",
          resources: {},
          terminationMessagePath: "/dev/termination-log",
          terminationMessagePolicy: "File",
          imagePullPolicy: "Always",
        },
      ],
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      securityContext: {},
      schedulerName: "default-scheduler",
      enableServiceLinks: true,
    },
    status: {},
  });
});

test("a template gets what a pod gets, but for what a pod alone gets", () => {
  const fields = { template: { spec: { hostNetwork: true, containers: [{ name: "web", image: "nginx:1" }] } } };
  expect(Object(templates.object(fields).template).spec).toEqual({
    containers: [
      {
        name: "web",
        image: "nginx:1",
        resources: {},
        terminationMessagePath: "/dev/termination-log",
        terminationMessagePolicy: "File",
        imagePullPolicy: "IfNotPresent",
      },
    ],
    hostNetwork: true,
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    securityContext: {},
    schedulerName: "default-scheduler",
  });
  const kept = { limits: { cpu: "1" } };
  const withLimits = { template: { spec: { containers: [{ name: "web", resources: kept }] } } };
  expect(Object(templates.object(withLimits).template).spec.containers[0].resources).toEqual(kept);
});

test("the two names of the service account are one", () => {
  expect(specOf({ serviceAccount: "old" })).toMatchObject({ serviceAccount: "old", serviceAccountName: "old" });
  expect(specOf({ serviceAccount: "old", serviceAccountName: "new" })).toMatchObject({
    serviceAccount: "new",
    serviceAccountName: "new",
  });
});

test("a negative grace is a second, and none is kept", () => {
  expect(specOf({ terminationGracePeriodSeconds: -5 })).toMatchObject({ terminationGracePeriodSeconds: 1 });
  expect(specOf({ terminationGracePeriodSeconds: 0 })).toMatchObject({ terminationGracePeriodSeconds: 0 });
});

test("a container requests its limits, rounded up to thousandths", () => {
  const resources = { limits: { cpu: "0.0005", memory: "1Gi" }, requests: { memory: "1Mi" } };
  expect(containerOf({ resources }).resources).toEqual({
    limits: { cpu: "1m", memory: "1Gi" },
    requests: { cpu: "1m", memory: "1Mi" },
  });
  const spec = specOf({ overhead: { cpu: "100u" }, resources: { limits: { cpu: "1n" } }, containers: [] });
  expect(spec).toMatchObject({ overhead: { cpu: "1m" }, resources: { limits: { cpu: "1m" } } });
});

test("ports are TCP ports, on the network of the host its own", () => {
  expect(containerOf({ ports: [{ containerPort: 80 }] }).ports).toEqual([{ containerPort: 80, protocol: "TCP" }]);
  const ports = [{ containerPort: 53, protocol: "UDP" }];
  expect(containerOf({ ports }, { hostNetwork: true }).ports).toEqual([
    { containerPort: 53, hostPort: 53, protocol: "UDP" },
  ]);
});

test("probes and hooks", () => {
  const often = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
  const container = containerOf({
    livenessProbe: { httpGet: { port: 80 } },
    readinessProbe: { grpc: { port: 1 }, periodSeconds: 5 },
    startupProbe: { exec: { command: ["a"] } },
    lifecycle: {
      postStart: { httpGet: { port: "web", scheme: "HTTPS" } },
      preStop: { httpGet: { port: 1, path: "/x" } },
    },
  });
  expect(container).toMatchObject({
    livenessProbe: { httpGet: { port: 80, path: "/", scheme: "HTTP" }, ...often },
    readinessProbe: { grpc: { port: 1, service: "" }, ...often, periodSeconds: 5 },
    startupProbe: { exec: { command: ["a"] }, ...often },
    lifecycle: {
      postStart: { httpGet: { port: "web", path: "/", scheme: "HTTPS" } },
      preStop: { httpGet: { port: 1, path: "/x", scheme: "HTTP" } },
    },
  });
});

test("variables", () => {
  const env = [
    { name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    { name: "B", valueFrom: { fileKeyRef: { volumeName: "v", path: "p", key: "k" } } },
  ];
  expect(containerOf({ env }).env).toEqual([
    { name: "A", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } } },
    { name: "B", valueFrom: { fileKeyRef: { volumeName: "v", path: "p", key: "k", optional: false } } },
  ]);
});

test("init and ephemeral containers are containers", () => {
  const defaults = { imagePullPolicy: "Always", terminationMessagePolicy: "File" };
  const spec = specOf({
    containers: [],
    initContainers: [{ name: "i", image: "b", resources: { limits: { cpu: "1" } } }],
    ephemeralContainers: [{ name: "e", image: "c", resources: { limits: { cpu: "1" } } }],
  });
  expect(spec).toMatchObject({
    initContainers: [{ ...defaults, resources: { limits: { cpu: "1" }, requests: { cpu: "1" } } }],
    ephemeralContainers: [{ ...defaults, resources: { limits: { cpu: "1" } } }],
  });
  expect(Object(spec).ephemeralContainers[0].resources.requests).toBeUndefined();
});

const projected = {
  sources: [
    { serviceAccountToken: { path: "token" } },
    { downwardAPI: { items: [{ path: "p", fieldRef: { fieldPath: "metadata.uid" } }] } },
  ],
};

test.each<[volume: object, defaulted: object]>([
  [{}, { emptyDir: {} }],
  [{ secret: { secretName: "s" } }, { secret: { secretName: "s", defaultMode: 420 } }],
  [{ secret: { secretName: "s", defaultMode: 0 } }, { secret: { secretName: "s", defaultMode: 0 } }],
  [{ configMap: { name: "c" } }, { configMap: { name: "c", defaultMode: 420 } }],
  [{ hostPath: { path: "/a" } }, { hostPath: { path: "/a", type: "" } }],
  [
    { downwardAPI: { items: [{ path: "p", fieldRef: { fieldPath: "metadata.uid" } }] } },
    {
      downwardAPI: {
        defaultMode: 420,
        items: [{ path: "p", fieldRef: { apiVersion: "v1", fieldPath: "metadata.uid" } }],
      },
    },
  ],
  [
    { projected },
    {
      projected: {
        defaultMode: 420,
        sources: [
          { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
          { downwardAPI: { items: [{ path: "p", fieldRef: { apiVersion: "v1", fieldPath: "metadata.uid" } }] } },
        ],
      },
    },
  ],
  [{ image: { reference: "a" } }, { image: { reference: "a", pullPolicy: "Always" } }],
  [{ image: { reference: "a:1" } }, { image: { reference: "a:1", pullPolicy: "IfNotPresent" } }],
  [
    { azureDisk: { diskName: "d", diskURI: "u" } },
    {
      azureDisk: {
        diskName: "d",
        diskURI: "u",
        cachingMode: "ReadWrite",
        fsType: "ext4",
        readOnly: false,
        kind: "Shared",
      },
    },
  ],
  [{ scaleIO: { gateway: "g", system: "s" } }, { scaleIO: { storageMode: "ThinProvisioned", fsType: "xfs" } }],
  [{ iscsi: { targetPortal: "t", iqn: "i", lun: 1 } }, { iscsi: { iscsiInterface: "default" } }],
  [{ rbd: { image: "i" } }, { rbd: { pool: "rbd", user: "admin", keyring: "/etc/ceph/keyring" } }],
  [
    { ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: "1.0001" } } } } } },
    {
      ephemeral: {
        volumeClaimTemplate: { spec: { volumeMode: "Filesystem", resources: { requests: { storage: "1001m" } } } },
      },
    },
  ],
])("the volume %j", (volume, defaulted) => {
  expect(volumeOf(volume)).toMatchObject(defaulted);
});

test.each<[status: object, podIP: string, podIPs: object[]]>([
  [{ podIP: "10.0.0.1" }, "10.0.0.1", [{ ip: "10.0.0.1" }]],
  [{ podIPs: [{ ip: "10.0.0.1" }, { ip: "::1" }] }, "10.0.0.1", [{ ip: "10.0.0.1" }, { ip: "::1" }]],
  [{ podIP: "10.0.0.1", podIPs: [{ ip: "10.0.0.2" }] }, "10.0.0.1", [{ ip: "10.0.0.1" }]],
])("the addresses of %j", (status, podIP, podIPs) => {
  expect(pods.object(JSON.parse(JSON.stringify({ status }))).status).toEqual({ podIP, podIPs });
});

test("quantities in the status are rounded too", () => {
  const resources = { limits: { cpu: "1u" } };
  const containerStatuses = [{ name: "a", allocatedResources: { cpu: "1u" }, resources }];
  expect(pods.object({ status: { containerStatuses, resources } }).status).toMatchObject({
    containerStatuses: [{ allocatedResources: { cpu: "1m" }, resources: { limits: { cpu: "1m" } } }],
    resources: { limits: { cpu: "1m" } },
  });
});

test("defaulting twice changes nothing", () => {
  const spec = {
    hostNetwork: true,
    serviceAccount: "sa",
    volumes: [{ name: "a" }, { name: "b", projected }],
    containers: [{ name: "a", image: "b", ports: [{ containerPort: 1 }], resources: { limits: { cpu: "1" } } }],
  };
  const once = pods.object({ spec });
  const again = structuredClone(once);
  pods.version.hooks.default?.(again);
  expect(again).toEqual(once);
});
