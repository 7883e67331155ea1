import { type FieldErrors, Quantity, qualifiedNameErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

/** What `spec.host` and other labels of a pod's fields are called; upstream's `ConvertDownwardAPIFieldLabel`. */
const LABELS: ReadonlySet<string> = new Set([
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.restartPolicy",
  "spec.serviceAccountName",
  "spec.schedulerName",
  "status.phase",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
]);

const RESOURCES = [
  "limits.cpu",
  "limits.ephemeral-storage",
  "limits.memory",
  "requests.cpu",
  "requests.ephemeral-storage",
  "requests.memory",
];

const BYTE_DIVISORS = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
const CPU_DIVISORS = ["1m", "1"];
const ZERO = Quantity.of(0);

/** `metadata.labels['a']` in its two parts; undefined for a path that is not written like that. */
function subscripted(fieldPath: string): readonly [path: string, subscript: string] | undefined {
  if (!fieldPath.endsWith("']")) return undefined;
  const text = fieldPath.slice(0, -2);
  const start = text.indexOf("['");
  return start < 1 ? undefined : [text.slice(0, start), text.slice(start + 2)];
}

function conversionProblem(version: string, fieldPath: string): string | undefined {
  if (version !== "v1") return `unsupported pod version: ${version}`;
  const [path] = subscripted(fieldPath) ?? [];
  if (path !== undefined) {
    const known = path === "metadata.annotations" || path === "metadata.labels";
    return known ? undefined : `field label does not support subscript: ${fieldPath}`;
  }
  return LABELS.has(fieldPath) || fieldPath === "spec.host" ? undefined : `field label not supported: ${fieldPath}`;
}

/** A reference to one of some fields of the pod; upstream's `validateObjectFieldSelector`. */
export function checkFieldRef(
  { apiVersion = "", fieldPath }: core.ObjectFieldSelector,
  fields: readonly string[],
  path: string,
  errors: FieldErrors,
): void {
  if (apiVersion === "" || fieldPath === "") {
    errors.required(`${path}.${apiVersion === "" ? "apiVersion" : "fieldPath"}`);
    return;
  }
  const problem = conversionProblem(apiVersion, fieldPath);
  if (problem !== undefined) {
    errors.invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${problem}`);
    return;
  }
  const parts = subscripted(fieldPath);
  if (parts !== undefined) {
    const key = parts[0] === "metadata.annotations" ? parts[1].toLowerCase() : parts[1];
    errors.invalidEach(path, key, qualifiedNameErrors(key));
    return;
  }
  const name = fieldPath === "spec.host" ? "spec.nodeName" : fieldPath;
  if (!fields.includes(name)) errors.notSupported(`${path}.fieldPath`, name, fields);
}

function isHugePagesField(name: string): boolean {
  return name.startsWith("requests.hugepages-") || name.startsWith("limits.hugepages-");
}

function divisorsOf(resource: string): readonly [divisors: readonly string[], text: string] | undefined {
  const bytes = (text: string): readonly [readonly string[], string] => [
    BYTE_DIVISORS,
    `values ${BYTE_DIVISORS.join(", ")} are supported with the ${text}`,
  ];
  if (isHugePagesField(resource)) return bytes("hugepages resource");
  if (!RESOURCES.includes(resource)) return undefined;
  if (resource.endsWith(".cpu")) return [CPU_DIVISORS, "values 1m and 1 are supported with the cpu resource"];
  return bytes(resource.endsWith(".memory") ? "memory resource" : "local ephemeral storage resource");
}

/** A reference to what a container asks for; upstream's `validateContainerResourceFieldSelector`. */
export function checkResourceFieldRef(
  { containerName = "", resource, divisor }: core.ResourceFieldSelector,
  inVolume: boolean,
  path: string,
  errors: FieldErrors,
): void {
  if (inVolume && containerName === "") errors.required(`${path}.containerName`);
  else if (resource === "") errors.required(`${path}.resource`);
  else if (!RESOURCES.includes(resource) && !isHugePagesField(resource))
    errors.notSupported(`${path}.resource`, resource, RESOURCES);
  const divisors = divisorsOf(resource);
  if (divisors === undefined || Quantity.parse(divisor).compare(ZERO) === 0 || divisors[0].includes(divisor)) return;
  errors.invalid(`${path}.divisor`, resource, `only divisor's ${divisors[1]}`);
}
