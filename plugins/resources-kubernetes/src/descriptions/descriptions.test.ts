import { describe, expect, it } from "vitest";
import { typeFact } from "../facts/fact-table.js";
import { readGoType } from "../facts/go-type.js";
import { TABLES } from "../facts/tables/tables.js";
import { descriptionsOf } from "./descriptions-of.js";

/** The kinds of which everything is described. */
const KINDS = [
  "core/v1.Pod",
  "core/v1.PodTemplate",
  "core/v1.ReplicationController",
  "core/v1.Service",
  "core/v1.Endpoints",
  "core/v1.ConfigMap",
  "core/v1.Secret",
  "core/v1.Namespace",
  "core/v1.Node",
  "core/v1.PersistentVolume",
  "core/v1.PersistentVolumeClaim",
  "core/v1.ServiceAccount",
  "core/v1.Event",
  "core/v1.ResourceQuota",
  "core/v1.LimitRange",
  "apps/v1.Deployment",
  "apps/v1.ReplicaSet",
  "apps/v1.StatefulSet",
  "apps/v1.DaemonSet",
  "apps/v1.ControllerRevision",
  "batch/v1.Job",
  "batch/v1.CronJob",
  "discovery/v1.EndpointSlice",
  "networking/v1.Ingress",
  "networking/v1.IngressClass",
  "networking/v1.NetworkPolicy",
  "storage/v1.StorageClass",
  "rbac/v1.Role",
  "rbac/v1.ClusterRole",
  "rbac/v1.RoleBinding",
  "rbac/v1.ClusterRoleBinding",
  "autoscaling/v1.HorizontalPodAutoscaler",
  "autoscaling/v2.HorizontalPodAutoscaler",
  "policy/v1.PodDisruptionBudget",
  "scheduling/v1.PriorityClass",
  "node/v1.RuntimeClass",
  "coordination/v1.Lease",
  "events/v1.Event",
  "certificates/v1.CertificateSigningRequest",
];

/** OpenAPI has definitions of its own for these, with their texts. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set(["meta/v1.ObjectMeta"]);

function sentences(): [place: string, type: string, field: string, text: string][] {
  return [...TABLES.keys()].flatMap((place) =>
    Object.entries(descriptionsOf(place) ?? {}).flatMap(([type, fields]) =>
      Object.entries(fields).map(([field, text]): [string, string, string, string] => [place, type, field, text]),
    ),
  );
}

/** The types that a field's type leads to. */
function structs(expression: string, place: string): string[] {
  let { type } = readGoType(expression, place);
  while (type.kind === "list" || type.kind === "map") type = type.kind === "list" ? type.items : type.values;
  return type.kind === "struct" ? [type.name] : [];
}

function reachable(full: string, seen: Set<string>): Set<string> {
  if (seen.has(full) || SAID_ELSEWHERE.has(full)) return seen;
  seen.add(full);
  const { fields, place } = typeFact(full);
  for (const { type } of fields) for (const struct of structs(type, place)) reachable(struct, seen);
  return seen;
}

describe("descriptions", () => {
  it("are sentences of at most 300 characters", () => {
    const bad = sentences().filter(([, , , text]) => !/^[A-Z][^\n]*[^.]\.$/.test(text) || text.length > 300);
    expect(bad).toEqual([]);
  });

  it("are of types and fields that exist", () => {
    const unknown = sentences().filter(([place, type, field]) => {
      const { fields } = typeFact(`${place}.${type}`);
      return field !== "" && !fields.some(({ name }) => name === field);
    });
    expect(unknown).toEqual([]);
  });

  it.each(KINDS)("say what %s is, to the last field", (kind) => {
    const missing = [...reachable(kind, new Set())].flatMap((full) => {
      const { fields, place, name } = typeFact(full);
      const texts = descriptionsOf(place)?.[name] ?? {};
      const names = fields.map((field) => field.name).filter((field) => field !== "");
      return ["", ...names].filter((field) => texts[field] === undefined).map((field) => `${full}.${field}`);
    });
    expect(missing).toEqual([]);
  });
});
