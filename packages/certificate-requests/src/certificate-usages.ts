import type { AskedCertificate } from "@quarterdeck/sdk";

/** The signers of this server, by upstream's names. */
export const KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
const KUBELET_SERVING = "kubernetes.io/kubelet-serving";
const API_CLIENT = "kubernetes.io/kube-apiserver-client";
const LEGACY = "kubernetes.io/legacy-unknown";

const CLIENT_USAGES = ["client auth", "digital signature", "key encipherment"];
const SERVING_USAGES = ["digital signature", "key encipherment", "server auth"];
const MASTERS = "system:masters";
const NODES = "system:nodes";
const NODE_PREFIX = "system:node:";

type Judge = (asked: AskedCertificate, usages: readonly string[]) => string | undefined;

/** Exactly these usages; key encipherment, which only RSA keys need, may be missing. */
function hasUsages(usages: readonly string[], wanted: readonly string[]): boolean {
  const given = [...new Set(usages)].sort().join();
  return given === wanted.join() || given === wanted.filter((one) => one !== "key encipherment").join();
}

function isOfNodes({ organizations }: AskedCertificate): boolean {
  return organizations.length === 1 && organizations[0] === NODES;
}

/** Why a request is not for the client certificate of a kubelet; undefined when it is. */
export const kubeletClientProblem: Judge = (asked, usages) => {
  if (!isOfNodes(asked)) return "subject organization is not system:nodes";
  if (asked.dns.length > 0) return "DNS subjectAltNames are not allowed";
  if (asked.emails.length > 0) return "Email subjectAltNames are not allowed";
  if (asked.ips.length > 0) return "IP subjectAltNames are not allowed";
  if (asked.uris.length > 0) return "URI subjectAltNames are not allowed";
  if (!asked.commonName.startsWith(NODE_PREFIX)) return "subject common name does not begin with system:node:";
  return hasUsages(usages, CLIENT_USAGES) ? undefined : `usages did not match [${CLIENT_USAGES.join(" ")}]`;
};

const kubeletServingProblem: Judge = (asked, usages) => {
  if (!isOfNodes(asked)) return "subject organization is not system:nodes";
  if (asked.dns.length === 0 && asked.ips.length === 0) return "DNS or IP subjectAltName is required";
  if (asked.emails.length > 0) return "Email subjectAltNames are not allowed";
  if (asked.uris.length > 0) return "URI subjectAltNames are not allowed";
  if (!hasUsages(usages, SERVING_USAGES)) return `usages did not match [${SERVING_USAGES.join(" ")}]`;
  return asked.commonName.startsWith(NODE_PREFIX) ? undefined : "subject common name does not begin with system:node:";
};

/** Admission has refused masters already, by another reader of requests; `#` begins a value that the signer decodes once more. */
const clientProblem: Judge = ({ organizations, commonName }, usages) => {
  if (organizations.includes(MASTERS)) return `use of the ${MASTERS} group is not allowed`;
  if ([commonName, ...organizations].some((text) => text.startsWith("#"))) return "subject must not begin with #";
  const other = usages.find((usage) => !CLIENT_USAGES.includes(usage));
  if (other !== undefined) return `invalid usage for client certificate: ${other}`;
  return usages.includes("client auth") ? undefined : "missing required usage for client certificate: client auth";
};

/** Why a signer must not sign a request, by the signer's name; upstream's rules and wording. */
export const SIGNER_RULES: ReadonlyMap<string, Judge> = new Map([
  [KUBELET_CLIENT, kubeletClientProblem],
  [KUBELET_SERVING, kubeletServingProblem],
  [API_CLIENT, clientProblem],
  [LEGACY, () => undefined],
]);
