import type { JsonObject, KubeObject } from "@quarterdeck/meta";

const API_VERSION = "flowcontrol.apiserver.k8s.io/v1";
/** An object with it is kept as the server has it by default, until an admin says `false`. */
export const AUTO_UPDATE = "apf.kubernetes.io/autoupdate-spec";

function object(kind: string, name: string, spec: JsonObject): KubeObject {
  const metadata = { name, annotations: { [AUTO_UPDATE]: "true" } };
  return { apiVersion: API_VERSION, kind, metadata, spec };
}

/** A priority level as a client would send it. */
export function priorityLevel(name: string, spec: JsonObject): KubeObject {
  return object("PriorityLevelConfiguration", name, spec);
}

/** A flow schema as a client would send it. */
export function flowSchema(
  name: string,
  level: string,
  matchingPrecedence: number,
  distinguisher: "ByUser" | "ByNamespace" | undefined,
  rule: JsonObject,
): KubeObject {
  return object("FlowSchema", name, {
    priorityLevelConfiguration: { name: level },
    matchingPrecedence,
    ...(distinguisher === undefined ? {} : { distinguisherMethod: { type: distinguisher } }),
    rules: [rule],
  });
}
