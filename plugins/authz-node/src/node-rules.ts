import type { AuthorizationAttributes } from "@quarterdeck/sdk";

/** What every node may do, to whatever object. */
interface NodeRule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const READ = ["get", "list", "watch"];
const CERTIFICATES = "certificates.k8s.io";

/** The rules of upstream's role `system:node` that are not about objects of the node's own. */
const NODE_RULES: readonly NodeRule[] = [
  { group: "authentication.k8s.io", resources: ["tokenreviews"], verbs: ["create"] },
  {
    group: "authorization.k8s.io",
    resources: ["subjectaccessreviews", "localsubjectaccessreviews"],
    verbs: ["create"],
  },
  { group: "", resources: ["services"], verbs: READ },
  { group: "", resources: ["events"], verbs: ["create", "update", "patch"] },
  { group: CERTIFICATES, resources: ["certificatesigningrequests"], verbs: ["create", ...READ] },
  { group: CERTIFICATES, resources: ["clustertrustbundles"], verbs: READ },
  { group: "storage.k8s.io", resources: ["csidrivers"], verbs: READ },
  { group: "node.k8s.io", resources: ["runtimeclasses"], verbs: READ },
];

/** True when every node may do what is asked. */
export function everyNodeMay({ isResourceRequest, apiGroup, resource, subresource, verb }: AuthorizationAttributes) {
  if (!isResourceRequest || subresource !== "") return false;
  return NODE_RULES.some(
    (rule) => rule.group === apiGroup && rule.resources.includes(resource) && rule.verbs.includes(verb),
  );
}
