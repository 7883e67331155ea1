import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { isPod } from "./is-pod.js";
import { Pod } from "./pod.js";
import { podTemplateWarnings, podWarnings } from "./pod-warnings.js";

const pods = new Compiled(Pod);

/** The warnings about a pod whose container, if none is given, is an ordinary one. */
function warnings(spec: object, metadata: KubeObject["metadata"] = {}, template = ""): string[] {
  const fields: JsonObject = JSON.parse(JSON.stringify({ spec: { containers: [{ name: "a", image: "b" }], ...spec } }));
  const object = pods.object(fields, { name: "web", ...metadata });
  if (!isPod(object)) throw new Error("no pod");
  return template === "" ? podWarnings(object) : podTemplateWarnings(object, template);
}

const container = (fields: object) => ({ containers: [{ name: "a", image: "b", ...fields }] });
const twoPorts = (one: object, other: object) =>
  container({
    ports: [
      { containerPort: 80, ...one },
      { containerPort: 80, ...other },
    ],
  });
const FIRST = "spec.containers[0].ports[0]";
const SECOND = "spec.containers[0].ports[1]";
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
const NOBODY = "a null labelSelector results in matching no pod";
const HIDES = 'hides previous definition of "A", which may be dropped when using apply';

test("nothing is to be said against an ordinary pod", () => {
  expect(warnings({})).toEqual([]);
});

// The cases of upstream's TestWarnings.
test.each<[warnings: string[], spec: object]>([
  [
    ['spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "kubernetes.io/arch" instead'],
    { nodeSelector: { "beta.kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux" } },
  ],
  [
    [
      `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0].key: beta.kubernetes.io/os is deprecated since v1.14; use "kubernetes.io/os" instead`,
      `spec.affinity.nodeAffinity.${PREFERRED}[0].preference.matchExpressions[0].key: node-role.kubernetes.io/master is use "node-role.kubernetes.io/control-plane" instead`,
      expect.stringMatching(
        /^spec\.affinity\.nodeAffinity\..*\[0\]\.preference\.matchExpressions\[0\]\.values\[0\]: -1 is invalid, a valid label must be/,
      ),
    ],
    {
      affinity: {
        nodeAffinity: {
          [REQUIRED]: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: "beta.kubernetes.io/os", operator: "Exists" }] }],
          },
          [PREFERRED]: [
            {
              weight: 1,
              preference: {
                matchExpressions: [{ key: "node-role.kubernetes.io/master", operator: "In", values: ["-1"] }],
              },
            },
          ],
        },
      },
    },
  ],
  [
    [
      'spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
      `spec.topologySpreadConstraints[0].labelSelector: ${NOBODY}`,
    ],
    {
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: "failure-domain.beta.kubernetes.io/zone", whenUnsatisfiable: "x" },
      ],
    },
  ],
  [
    [
      `spec.affinity.podAffinity.${REQUIRED}[0].labelSelector: ${NOBODY}`,
      `spec.affinity.podAntiAffinity.${PREFERRED}[0].podAffinityTerm.labelSelector: ${NOBODY}`,
    ],
    {
      affinity: {
        podAffinity: { [REQUIRED]: [{ topologyKey: "a" }, { topologyKey: "a", labelSelector: {} }] },
        podAntiAffinity: { [PREFERRED]: [{ weight: 1, podAffinityTerm: { topologyKey: "a" } }] },
      },
    },
  ],
  [
    ["spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+"],
    { volumes: [{ name: "v", gitRepo: { repository: "r" } }] },
  ],
  [
    ["spec.volumes[0].storageOS: deprecated in v1.22, non-functional in v1.25+"],
    { volumes: [{ name: "v", storageos: {} }] },
  ],
  [
    ["spec.volumes[0].cephfs: deprecated in v1.28, non-functional in v1.31+"],
    { volumes: [{ name: "v", cephfs: { monitors: [] } }] },
  ],
  [
    [
      'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value "200m" is invalid, must be an integer',
    ],
    {
      volumes: [
        { name: "v", ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: "0.2" } } } } } },
      ],
    },
  ],
  [
    [
      'volume "v" (ConfigMap "c"): overlapping paths: "a/b" with "a"',
      'volume "v" (ConfigMap "c"): overlapping paths: "a" with "a"',
      'volume "v" (ConfigMap "c"): overlapping paths: "a" with "a/b"',
    ],
    {
      volumes: [
        {
          name: "v",
          configMap: {
            name: "c",
            items: [
              { key: "k", path: "a" },
              { key: "k", path: "a/b" },
              { key: "k", path: "a/" },
            ],
          },
        },
      ],
    },
  ],
  [
    ['volume "v" (Secret "s"): overlapping paths: "a" with "a"'],
    {
      volumes: [
        {
          name: "v",
          secret: {
            secretName: "s",
            items: [
              { key: "k", path: "a" },
              { key: "l", path: "a" },
              { key: "m", path: "ab" },
            ],
          },
        },
      ],
    },
  ],
  [
    [
      'volume "v" (Projected): overlapping paths: "a" (Secret "s") with "a" (ConfigMap "c")',
      'volume "v" (Projected) has no sources provided',
      'volume "v" (Projected): overlapping paths: "a/t" (ServiceAccountToken) with "a" (ConfigMap "c")',
      'volume "v" (Projected): overlapping paths: "a/t" (ServiceAccountToken) with "a" (Secret "s")',
    ],
    {
      volumes: [
        {
          name: "v",
          projected: {
            sources: [
              { configMap: { name: "c", items: [{ key: "k", path: "a" }] } },
              { secret: { name: "s", items: [{ key: "k", path: "a" }] } },
              {},
              { serviceAccountToken: { path: "a/t" } },
              { clusterTrustBundle: { name: "b", path: "other" } },
            ],
          },
        },
      ],
    },
  ],
  [['spec.hostAliases[1].ip: duplicate ip "1.1.1.1"'], { hostAliases: [{ ip: "1.1.1.1" }, { ip: "1.1.1.1" }] }],
  [
    ['spec.imagePullSecrets[1].name: duplicate name "a"', 'spec.imagePullSecrets[2].name: invalid empty name ""'],
    { imagePullSecrets: [{ name: "a" }, { name: "a" }, {}] },
  ],
  [
    ['spec.overhead[memory]: fractional byte value "1m" is invalid, must be an integer'],
    { overhead: { memory: "1m", cpu: "1m" } },
  ],
  [
    [
      'spec.containers[0].resources.limits[memory]: fractional byte value "1500m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[memory]: fractional byte value "1500m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[ephemeral-storage]: fractional byte value "1m" is invalid, must be an integer',
    ],
    container({ resources: { limits: { memory: "1.5" }, requests: { "ephemeral-storage": "1m", cpu: "1m" } } }),
  ],
  [
    [`spec.containers[0].env[1]: ${HIDES}`, `spec.containers[0].env[3]: ${HIDES}`],
    container({
      env: [
        { name: "A", value: "1" },
        { name: "A", value: "2" },
        { name: "A", value: "$(A) and more" },
        { name: "A", value: "$(A)" },
      ],
    }),
  ],
  [[`${SECOND}: duplicate port definition with ${FIRST}`], twoPorts({}, {})],
  [[], twoPorts({}, { protocol: "UDP" })],
  [[`${SECOND}: overlapping port definition with ${FIRST}`], twoPorts({}, { hostPort: 80 })],
  [
    [`${SECOND}: dangerously ambiguous port definition with ${FIRST}`],
    twoPorts({ hostPort: 80 }, { hostPort: 80, hostIP: "1.1.1.1" }),
  ],
  [[], twoPorts({ hostPort: 80 }, { hostPort: 81 })],
  [
    [`${FIRST}: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.1.1.1}`],
    container({ ports: [{ containerPort: 80, hostIP: "1.1.1.1" }] }),
  ],
  [
    [
      `spec.containers[0].ports[0]: duplicate port name "web" with spec.initContainers[0].ports[0], services and probes that select ports by name will use spec.initContainers[0].ports[0]`,
    ],
    {
      initContainers: [{ name: "i", ports: [{ name: "web", containerPort: 81 }] }],
      ...container({ ports: [{ name: "web", containerPort: 80 }] }),
    },
  ],
  [
    [
      'spec.dnsConfig.nameservers[0]: non-standard IP address "01.1.1.1" is invalid: use "1.1.1.1"',
      'spec.hostAliases[0].ip: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
    ],
    { dnsConfig: { nameservers: ["01.1.1.1"] }, hostAliases: [{ ip: "FD00::1" }] },
  ],
])("warns %j", (expected, spec) => {
  expect(warnings(spec)).toEqual(expected);
});

test("warns of names that are no host names, and of annotations of old", () => {
  expect(warnings({}, { name: "web.1" })).toEqual([
    expect.stringMatching(
      /^metadata\.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: \[.+\]$/,
    ),
  ]);
  const annotations = {
    "scheduler.alpha.kubernetes.io/critical-pod": "",
    "seccomp.security.alpha.kubernetes.io/pod": "runtime/default",
    "container.seccomp.security.alpha.kubernetes.io/a": "runtime/default",
    "container.apparmor.security.beta.kubernetes.io/a": "unconfined",
  };
  const field = (name: string) => `non-functional in v1.27+; use the "${name}" field instead`;
  expect(warnings({}, { annotations })).toEqual([
    'metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
    `metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: ${field("seccompProfile")}`,
    `metadata.annotations[container.seccomp.security.alpha.kubernetes.io/a]: ${field("seccompProfile")}`,
  ]);
  expect(warnings({}, { annotations }, "spec.template").at(-1)).toBe(
    'spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/a]: deprecated since v1.30; use the "appArmorProfile" field instead',
  );
  const securityContext = { seccompProfile: { type: "RuntimeDefault" }, appArmorProfile: { type: "Unconfined" } };
  expect(
    warnings({ securityContext, ...container({ securityContext }) }, { annotations }, "spec.template"),
  ).toHaveLength(1);
});

test("warns of templates where they stand", () => {
  expect(
    warnings({ nodeSelector: { "app.kubernetes.io/created-by": "x" } }, { name: "no.label" }, "spec.template"),
  ).toEqual(["spec.template.spec.nodeSelector[app.kubernetes.io/created-by]: deprecated since v1.9"]);
});

test("holds no port and no file against all the others", () => {
  const many = 1000;
  const ports = Array.from({ length: many }, () => ({ containerPort: 80 }));
  // Each of the first ten against those before it, the others against ten.
  expect(warnings(container({ ports }))).toHaveLength(45 + (many - 10) * 10);
  const items = Array.from({ length: many }, () => ({ key: "k", path: "p" }));
  const volumes = [{ name: "v", secret: { secretName: "s", items } }];
  expect(warnings({ volumes })).toHaveLength((200 * 199) / 2 + (many - 200) * 200);
});
