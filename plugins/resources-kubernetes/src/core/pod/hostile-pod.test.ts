import type { KubeObject } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { isPod } from "./is-pod.js";
import { Pod } from "./pod.js";
import { podTemplateWarnings, podWarnings } from "./pod-warnings.js";

const pods = new Compiled(Pod);
const { hooks } = pods.version;

/** All that is done with a pod from its create to its delete; what is wrong with it. */
function live(text: string): string[] {
  const object = pods.object(JSON.parse(text), { name: "a", namespace: "demo", labels: {}, annotations: {} });
  hooks.prepareForCreate?.(object, context);
  const problems = pods.problems(object);
  if (isPod(object)) {
    podWarnings(object);
    podTemplateWarnings(object, "template");
  }
  for (const column of pods.columns(true)) pods.cell(column, object);
  for (const read of pods.version.selectableFields.values()) read(object);
  const written: KubeObject = pods.object(JSON.parse(text), object.metadata);
  for (const subresource of ["", "status", "resize", "ephemeralcontainers"]) {
    const place = { ...context, operation: "UPDATE", subresource } as const;
    if (subresource === "") hooks.prepareForUpdate?.(written, object, place);
    else hooks.prepareForPartUpdate?.(written, object, place);
    pods.updateProblems(written, object);
  }
  hooks.gracePeriod?.(object, undefined);
  return problems;
}

// Go reads null in a list as an object that says nothing.
test.each([
  '{"spec":null,"status":null}',
  '{"spec":{"containers":[null]}}',
  '{"spec":{"ephemeralContainers":[null],"initContainers":[null],"resources":{"limits":{"hugepages-2Mi":"1"}}}}',
  '{"spec":{"volumes":[null],"containers":[{"name":"a","env":[null],"ports":[null],"volumeMounts":[null]}]}}',
  '{"spec":{"volumes":[{"name":"a","projected":{"sources":[null]},"downwardAPI":{"items":[null]}}]}}',
  '{"spec":{"volumes":[{"projected":{"sources":[{"clusterTrustBundle":{}},{"podCertificate":{}}]}}]}}',
  '{"spec":{"volumes":[{"name":"x","ephemeral":{"volumeClaimTemplate":null}}],"dnsConfig":{"nameservers":[null]}}}',
  '{"spec":{"topologySpreadConstraints":[null],"hostAliases":[null],"imagePullSecrets":[null],"tolerations":[null]}}',
  '{"spec":{"readinessGates":[null],"schedulingGates":[null]}}',
  '{"spec":{"affinity":{"podAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[null]}}}}',
  '{"spec":{"affinity":{"podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[null]}}}}',
  '{"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[null]}}}}}',
  '{"status":{"conditions":[null],"podIPs":[null],"containerStatuses":[null],"initContainerStatuses":[null]}}',
  '{"spec":{"containers":[{"name":"__proto__","resources":{"limits":{"__proto__":"1","cpu":"1n"}}}]}}',
  '{"spec":{"nodeSelector":{"__proto__":"a","constructor":"b"},"overhead":{"__proto__":"1n"}}}',
])("is told what is wrong and breaks nothing: %s", (text) => {
  expect(live(text)).not.toEqual([]);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});
