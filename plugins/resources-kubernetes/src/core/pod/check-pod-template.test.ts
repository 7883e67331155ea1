import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import type * as core from "../../types/core-v1.js";
import { checkPodTemplate } from "./check-pod-template.js";
import { defaultPodTemplate } from "./default-pod-template.js";

function problems(template: core.PodTemplateSpec, old?: core.PodTemplateSpec): string[] {
  const errors = new FieldErrors();
  defaultPodTemplate(template);
  checkPodTemplate(template, "spec.template", errors, { old });
  return errors.list.map(({ field, message }) => `${field}: ${message}`);
}

const container: core.Container = { name: "a", image: "x", resources: {} };

it("checks names, images, labels and annotations", () => {
  const metadata = { creationTimestamp: null, labels: { "a b": "c" }, annotations: { "": "x" } };
  const containers = [{ ...container, name: "A" }, { name: "a", resources: {} }, container];
  expect(problems({ metadata, spec: { containers, ephemeralContainers: [{ ...container, name: "b" }] } })).toEqual([
    expect.stringContaining('spec.template.labels: Invalid value: "a b": name part must consist'),
    'spec.template.annotations: Invalid value: "": name part must be non-empty',
    expect.stringContaining('spec.template.annotations: Invalid value: "": name part must consist'),
    expect.stringContaining('spec.template.spec.containers[0].name: Invalid value: "A"'),
    "spec.template.spec.containers[1].image: Required value",
    'spec.template.spec.containers[2].name: Duplicate value: "a"',
    "spec.template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template",
  ]);
});

it("needs a container", () => {
  expect(problems({ metadata: { creationTimestamp: null }, spec: { containers: null } })).toEqual([
    "spec.template.spec.containers: Required value",
  ]);
});

const at = "spec.template.annotations";
const seccomp = "container.seccomp.security.alpha.kubernetes.io/a";
const appArmor = "container.apparmor.security.beta.kubernetes.io/";

it.each<[{ [key: string]: string }, ...string[]]>([
  [{ "controller.kubernetes.io/pod-deletion-cost": "-2147483648" }],
  [
    { "controller.kubernetes.io/pod-deletion-cost": "+1" },
    `${at}[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer`,
  ],
  [
    { "controller.kubernetes.io/pod-deletion-cost": "2147483648" },
    `${at}[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "2147483648": must be a 32bit integer`,
  ],
  [
    { "kubernetes.io/config.mirror": "m" },
    `${at}[kubernetes.io/config.mirror]: Invalid value: "m": must set spec.nodeName if mirror pod annotation is set`,
  ],
  [{ [seccomp]: "docker/default", [`${appArmor}a`]: "localhost/p" }],
  [{ [seccomp]: "x" }, `${at}.${seccomp}: Invalid value: "x": must be a valid seccomp profile`],
  [{ [seccomp]: "localhost//x" }, `${at}.${seccomp}: Invalid value: "/x": must be a relative path`],
  [
    { [`${appArmor}b`]: "x" },
    `${at}[${appArmor}b]: Invalid value: "b": container not found`,
    `${at}[${appArmor}b]: Invalid value: "x": invalid AppArmor profile name: "x"`,
  ],
])("says with the annotations %j of a pod what there may be", (annotations, ...expected) => {
  const metadata = { creationTimestamp: null, annotations };
  expect(problems({ metadata, spec: { containers: [structuredClone(container)] } })).toEqual(expected);
});

it.each<[core.SecurityContext, { [key: string]: string }, ...string[]]>([
  [{ seccompProfile: { type: "Unconfined" } }, { [seccomp]: "unconfined" }],
  [
    { seccompProfile: { type: "RuntimeDefault" } },
    { [seccomp]: "unconfined" },
    "seccompProfile.type: Forbidden: seccomp type in annotation and field must match",
  ],
  [
    { seccompProfile: { type: "Localhost", localhostProfile: "p" } },
    { [seccomp]: "localhost/q" },
    "seccompProfile.localhostProfile: Forbidden: seccomp profile in annotation and field must match",
  ],
  [
    { seccompProfile: { type: "Localhost", localhostProfile: "p" } },
    { [seccomp]: "unconfined" },
    "seccompProfile.type: Forbidden: seccomp type in annotation and field must match",
  ],
  [{ appArmorProfile: { type: "RuntimeDefault" } }, { [`${appArmor}a`]: "runtime/default" }],
  [
    { appArmorProfile: { type: "Unconfined" } },
    { [`${appArmor}a`]: "runtime/default" },
    "appArmorProfile.type: Forbidden: apparmor type in annotation and field must match",
  ],
])("refuses a profile %j beside the annotations %j that say something else", (context, annotations, ...expected) => {
  const metadata = { creationTimestamp: null, annotations };
  const containers = [{ ...structuredClone(container), securityContext: context }];
  const prefix = "spec.template.spec.containers[0].securityContext.";
  expect(problems({ metadata, spec: { containers } })).toEqual(expected.map((text) => prefix + text));
});

it("compares the profile of the pod, too", () => {
  const metadata = {
    creationTimestamp: null,
    annotations: { "seccomp.security.alpha.kubernetes.io/pod": "unconfined", [`${appArmor}a`]: "unconfined" },
  };
  const profile = { type: "RuntimeDefault" };
  const spec = {
    containers: [structuredClone(container)],
    securityContext: { seccompProfile: profile, appArmorProfile: profile },
  };
  expect(problems({ metadata, spec })).toEqual([
    "spec.template.spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match",
    "spec.template.spec.containers[0].securityContext.appArmorProfile.type: Forbidden: apparmor type in annotation and field must match",
  ]);
});

const affinity: core.PodAffinityTerm = {
  topologyKey: "k",
  labelSelector: { matchExpressions: [{ key: "a", operator: "In", values: ["x y"] }] },
};
const term: core.NodeSelectorTerm = { matchExpressions: [{ key: "a", operator: "In", values: ["x y"] }] };
const spread: core.TopologySpreadConstraint = { maxSkew: 1, topologyKey: "k", whenUnsatisfiable: "ScheduleAnyway" };

it.each<[string, Partial<core.PodSpec>]>([
  ["parts of huge pages", { overhead: { "hugepages-2Mi": "1Mi", cpu: "1" } }],
  [
    "values in selectors",
    { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [affinity] } } },
  ],
  [
    "values of node affinity",
    { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } } } },
  ],
  [
    "selectors of spread constraints",
    { topologySpreadConstraints: [{ ...spread, labelSelector: { matchLabels: { a: "x y" } } }] },
  ],
  [
    "keys of spread constraints",
    {
      topologySpreadConstraints: [
        {
          ...spread,
          labelSelector: {
            matchExpressions: [
              { key: "a", operator: "Exists" },
              { key: "b", operator: "Exists" },
            ],
          },
          matchLabelKeys: ["c"],
        },
      ],
    },
  ],
  [
    "paths of tokens",
    {
      volumes: [
        { name: "v", projected: { sources: [{ serviceAccountToken: { path: "/t", expirationSeconds: 3600 } }] } },
      ],
    },
  ],
  ["sysctls of the host", { hostNetwork: true, securityContext: { sysctls: [{ name: "net.a", value: "1" }] } }],
  ["the host's network with own users", { hostNetwork: true, hostUsers: false }],
  ["images without a reference", { volumes: [{ name: "v", image: { pullPolicy: "Always" } }] }],
  ["comparing tolerations", { tolerations: [{ key: "k", operator: "Gt", value: "1" }] }],
  [
    "capabilities",
    {
      containers: [
        {
          ...container,
          securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ["CAP_SYS_ADMIN"] } },
        },
      ],
    },
  ],
  [
    "restarts on resize",
    {
      initContainers: [
        { ...container, name: "i", resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] },
      ],
    },
  ],
])("leaves %s as they are", (what, fields) => {
  const make = (): core.PodTemplateSpec =>
    structuredClone({ metadata: { creationTimestamp: null }, spec: { containers: [container], ...fields } });
  if (what !== "keys of spread constraints") expect(problems(make())).not.toEqual([]);
  const old = make();
  defaultPodTemplate(old);
  expect(problems(make(), old)).toEqual([]);
});
