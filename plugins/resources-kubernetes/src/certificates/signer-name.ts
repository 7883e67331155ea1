import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";

/** The signers of Kubernetes itself. */
export const SIGNERS = {
  apiServerClient: "kubernetes.io/kube-apiserver-client",
  apiServerClientKubelet: "kubernetes.io/kube-apiserver-client-kubelet",
  kubeletServing: "kubernetes.io/kubelet-serving",
  legacyUnknown: "kubernetes.io/legacy-unknown",
} as const;

const MAX_DOMAIN = 253;
const MAX_NAME = 571;

/** Reports the first label of dots-separated ones that is not right; the ones behind it would be told of alike. */
function checkLabels(text: string, whole: (label: string) => readonly string[], path: string, errors: FieldErrors) {
  for (const label of text.split(".")) {
    const problems = whole(label);
    for (const problem of problems) errors.invalid(path, text, `validating label ${JSON.stringify(label)}: ${problem}`);
    if (problems.length > 0) return;
  }
}

/** A signer is a domain and a path, `example.com/signer`; upstream's `ValidateSignerName` in rules and wording. */
export function checkSignerName(name: string, path: string, errors: FieldErrors): void {
  if (name === "") {
    errors.required(path);
    return;
  }
  const [domain = "", rest = "", ...more] = name.split("/");
  if (more.length > 0 || !name.includes("/")) {
    const form = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    errors.invalid(path, name, form);
    return;
  }
  if (domain.length > MAX_DOMAIN) errors.tooLong(path, MAX_DOMAIN);
  checkLabels(domain, dns1123LabelErrors, path, errors);
  if (!domain.includes("."))
    errors.invalid(path, domain, "should be a domain with at least two segments separated by dots");
  checkLabels(rest, dns1123SubdomainErrors, path, errors);
  if (name.length > MAX_NAME) errors.tooLong(path, MAX_NAME);
}

/** True for signers of Kubernetes itself, whose certificates are short-lived; upstream's `IsKubernetesSignerName`. */
export function isSignerOfKubernetes(signerName: string): boolean {
  const [domain = ""] = signerName.split("/");
  return domain === "kubernetes.io" || domain.endsWith(".kubernetes.io");
}
