import { FieldErrors, type JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { ValidatingAdmissionPolicy } from "../admissionregistration/validating-admission-policy.js";
import { Compiled } from "../compiled.fixture.js";
import { Pod } from "../core/pod/pod.js";

const pods = new Compiled(Pod);
const policies = new Compiled(ValidatingAdmissionPolicy);

/** What Go's decoder says of a spec. */
function said(kind: Compiled, spec: JsonObject): string[] {
  const report = { unknown: [], errors: new FieldErrors() };
  kind.version.normaliser.normalise({ spec }, report);
  return report.errors.list.map(({ field, message }) => `${field}${message}`);
}

const container = (fields: JsonObject): JsonObject => ({ containers: [fields] });
const volume = (fields: JsonObject): JsonObject => ({ volumes: [fields] });

describe("a value of the wrong type", () => {
  it.each<[JsonObject, string]>([
    [
      container({ readinessProbe: { httpGet: "x" } }),
      "string into Go struct field Probe.spec.containers.readinessProbe.ProbeHandler.httpGet of type v1.HTTPGetAction",
    ],
    [
      container({ readinessProbe: { httpGet: { path: 5 } } }),
      "number into Go struct field HTTPGetAction.spec.containers.readinessProbe.ProbeHandler.httpGet.path of type string",
    ],
    [
      container({ env: [{ valueFrom: { configMapKeyRef: { name: 5 } } }] }),
      "number into Go struct field ConfigMapKeySelector.spec.containers.env.valueFrom.configMapKeyRef.LocalObjectReference.name of type string",
    ],
    [
      volume({ configMap: { name: {} } }),
      "object into Go struct field ConfigMapVolumeSource.spec.volumes.VolumeSource.configMap.LocalObjectReference.name of type string",
    ],
    [
      { ephemeralContainers: [{ image: true }] },
      "bool into Go struct field EphemeralContainer.spec.ephemeralContainers.EphemeralContainerCommon.image of type string",
    ],
    [
      { volumes: [{ ephemeral: { volumeClaimTemplate: { metadata: { name: 5 } } } }] },
      "number into Go struct field ObjectMeta.spec.volumes.VolumeSource.ephemeral.volumeClaimTemplate.metadata.name of type string",
    ],
    [{ nodeSelector: { a: 5 } }, "number into Go struct field PodSpec.spec.nodeSelector of type string"],
    [
      container({ readinessProbe: { httpGet: { port: {} } } }),
      "object into Go struct field HTTPGetAction.spec.containers.readinessProbe.ProbeHandler.httpGet.port of type int32",
    ],
    [
      { topologySpreadConstraints: [{ labelSelector: { matchLabels: [] } }] },
      "array into Go struct field LabelSelector.spec.topologySpreadConstraints.labelSelector.matchLabels of type map[string]string",
    ],
  ])("is told with the structs that others embed: %j", (spec, message) => {
    expect(said(pods, spec)).toEqual([`json: cannot unmarshal ${message}`]);
  });

  it("is told with structs that are embedded in embedded ones", () => {
    const spec = { matchConstraints: { resourceRules: [{ apiGroups: [5] }] } };
    expect(said(policies, spec)).toEqual([
      "json: cannot unmarshal number into Go struct field NamedRuleWithOperations.spec.matchConstraints.resourceRules." +
        "RuleWithOperations.Rule.apiGroups of type string",
    ]);
  });
});

describe("a quantity", () => {
  it.each([{}, [], true, "", "many"])("is refused in its own words when it is %j", (cpu) => {
    expect(said(pods, container({ resources: { requests: { cpu } } }))).toEqual([
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ]);
  });

  it("may have spaces around it", () => {
    expect(said(pods, container({ resources: { requests: { cpu: " 1 " } } }))).toEqual([]);
  });
});
