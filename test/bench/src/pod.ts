const CREATED = "2026-01-02T03:04:05Z";
const DIGEST = "0123456789abcdef".repeat(4);

function container(name: string) {
  const env = (variable: string, valueFrom: object) => ({ name: variable, valueFrom });
  return {
    name,
    image: `registry.example.com/team/${name}:1.2.3`,
    args: ["--port=8080", "--log-level=info"],
    ports: [
      { name: "http", containerPort: 8080, protocol: "TCP" },
      { name: "metrics", containerPort: 9090, protocol: "TCP" },
    ],
    env: [
      env("POD_NAME", { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } }),
      { name: "LOG_FORMAT", value: "json" },
      env("PASSWORD", { secretKeyRef: { name: "db", key: "password" } }),
    ],
    resources: { limits: { cpu: "500m", memory: "512Mi" }, requests: { cpu: "100m", memory: "128Mi" } },
    volumeMounts: [
      { name: "config", mountPath: "/etc/web" },
      { name: "tmp", mountPath: "/tmp" },
      { name: "kube-api-access", readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" },
    ],
    livenessProbe: {
      httpGet: { path: "/healthz", port: "http", scheme: "HTTP" },
      initialDelaySeconds: 5,
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    },
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: "IfNotPresent",
    securityContext: { capabilities: { drop: ["ALL"] }, runAsNonRoot: true, allowPrivilegeEscalation: false },
  };
}

function containerStatus(name: string) {
  return {
    name,
    state: { running: { startedAt: CREATED } },
    lastState: {},
    ready: true,
    restartCount: 0,
    image: `registry.example.com/team/${name}:1.2.3`,
    imageID: `registry.example.com/team/${name}@sha256:${DIGEST}`,
    containerID: `containerd://${DIGEST}`,
    started: true,
  };
}

/** What a pod is to be: two containers with probes, and three volumes. */
export function podSpec() {
  const downwardAPI = {
    items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
  };
  const toleration = (key: string) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 });
  return {
    volumes: [
      {
        name: "config",
        configMap: { name: "web-config", items: [{ key: "a.conf", path: "a.conf" }], defaultMode: 420 },
      },
      { name: "tmp", emptyDir: {} },
      {
        name: "kube-api-access",
        projected: {
          sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: "token" } }, { downwardAPI }],
          defaultMode: 420,
        },
      },
    ],
    containers: ["web", "sidecar"].map(container),
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    serviceAccountName: "web",
    serviceAccount: "web",
    securityContext: { runAsUser: 1000, fsGroup: 2000 },
    schedulerName: "default-scheduler",
    tolerations: [toleration("node.kubernetes.io/not-ready"), toleration("node.kubernetes.io/unreachable")],
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: "PreemptLowerPriority",
  };
}

/** A typical pod that runs, as the server keeps it. */
export function runningPod() {
  const uid = "0b7e7a3a-1f3f-4f5a-9a57-9d3c6a1c2f11";
  const condition = (type: string) => ({ type, status: "True", lastProbeTime: null, lastTransitionTime: CREATED });
  return {
    kind: "Pod",
    apiVersion: "v1",
    metadata: {
      name: "web-5d9f7c6b8d-x2x7k",
      generateName: "web-5d9f7c6b8d-",
      namespace: "default",
      uid,
      resourceVersion: "123456",
      creationTimestamp: CREATED,
      labels: { app: "web", "pod-template-hash": "5d9f7c6b8d", tier: "frontend" },
      annotations: { "prometheus.io/scrape": "true" },
      ownerReferences: [
        {
          apiVersion: "apps/v1",
          kind: "ReplicaSet",
          name: "web-5d9f7c6b8d",
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { ...podSpec(), nodeName: "node-1" },
    status: {
      phase: "Running",
      conditions: ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map(condition),
      hostIP: "10.0.0.1",
      podIP: "10.244.0.5",
      podIPs: [{ ip: "10.244.0.5" }],
      startTime: CREATED,
      containerStatuses: ["web", "sidecar"].map(containerStatus),
      qosClass: "Burstable",
    },
  };
}
