import { dns1123LabelErrors, type FieldErrors, IpAddress } from "@quarterdeck/meta";
import { checkHost } from "../../checks/check-host.js";
import { checkPortName, checkPortNumber } from "../../checks/check-port.js";
import { checkPathSegment, checkSubdomain } from "../../checks/check-reference-part.js";
import type {
  HTTPIngressPath,
  IngressBackend,
  IngressRule,
  IngressSpec,
  IngressTLS,
} from "../../types/networking-v1.js";

const PATH_TYPES: readonly string[] = ["Exact", "ImplementationSpecific", "Prefix"];
const FORBIDDEN_PARTS: readonly string[] = ["//", "/./", "/../", "%2f", "%2F"];
const FORBIDDEN_ENDS: readonly string[] = ["/..", "/."];

function checkServiceBackend(
  { name, port }: NonNullable<IngressBackend["service"]>,
  path: string,
  errors: FieldErrors,
): void {
  if (name === "") errors.required(`${path}.service.name`);
  else for (const problem of dns1123LabelErrors(name)) errors.invalid(`${path}.service.name`, name, problem);
  const { name: portName = "", number = 0 } = port;
  if (portName !== "" && number !== 0) errors.invalid(path, "", "cannot set both port name & port number");
  else if (portName !== "") checkPortName(portName, `${path}.service.port.name`, errors);
  else if (number !== 0) checkPortNumber(number, `${path}.service.port.number`, errors);
  else errors.required(path, "port name or number is required");
}

function checkBackend({ service, resource }: IngressBackend, path: string, errors: FieldErrors): void {
  if (resource !== undefined && service !== undefined)
    errors.invalid(path, "", "cannot set both resource and service backends");
  else if (resource !== undefined) {
    if (resource.apiGroup !== null) checkSubdomain(resource.apiGroup, `${path}.resource.apiGroup`, errors);
    checkPathSegment(resource.kind, `${path}.resource.kind`, errors);
    checkPathSegment(resource.name, `${path}.resource.name`, errors);
  } else if (service !== undefined) checkServiceBackend(service, path, errors);
  else errors.invalid(path, "", "resource or service backend is required");
}

function checkUrlPath(value: string, type: string, path: string, errors: FieldErrors): void {
  if (!value.startsWith("/") && (value !== "" || type !== "ImplementationSpecific"))
    errors.invalid(path, value, "must be an absolute path");
  if (type === "ImplementationSpecific") return;
  for (const part of FORBIDDEN_PARTS)
    if (value.includes(part)) errors.invalid(path, value, `must not contain '${part}'`);
  for (const end of FORBIDDEN_ENDS) if (value.endsWith(end)) errors.invalid(path, value, `cannot end with '${end}'`);
}

function checkPath(one: HTTPIngressPath, path: string, errors: FieldErrors): void {
  if (one.pathType === null) {
    errors.required(`${path}.pathType`, "pathType must be specified");
    return;
  }
  if (PATH_TYPES.includes(one.pathType)) checkUrlPath(one.path ?? "", one.pathType, `${path}.path`, errors);
  else errors.notSupported(`${path}.pathType`, one.pathType, PATH_TYPES);
  checkBackend(one.backend, `${path}.backend`, errors);
}

function checkRule({ host = "", http }: IngressRule, path: string, errors: FieldErrors): void {
  if (host !== "") {
    if (IpAddress.parse(host) !== undefined)
      errors.invalid(`${path}.host`, host, "must be a DNS name, not an IP address");
    checkHost(host, `${path}.host`, errors);
  }
  if (http === undefined) return;
  const paths = http.paths ?? [];
  if (paths.length === 0) errors.required(`${path}.http.paths`);
  for (const [index, one] of paths.entries()) checkPath(one, `${path}.http.paths[${index}]`, errors);
}

function checkTls({ hosts, secretName = "" }: IngressTLS, path: string, errors: FieldErrors): void {
  for (const [index, host] of (hosts ?? []).entries()) checkHost(host, `${path}.hosts[${index}]`, errors);
  if (secretName !== "") checkSubdomain(secretName, `${path}.secretName`, errors);
}

/** The rules, backends and hosts of an Ingress; upstream's `ValidateIngressSpec`. */
export function checkIngressSpec(spec: IngressSpec, errors: FieldErrors): void {
  const { rules, defaultBackend, tls, ingressClassName } = spec;
  if ((rules ?? []).length === 0 && defaultBackend === undefined)
    errors.invalid("spec", rules, "either `defaultBackend` or `rules` must be specified");
  if (defaultBackend !== undefined) checkBackend(defaultBackend, "spec.defaultBackend", errors);
  for (const [index, rule] of (rules ?? []).entries()) checkRule(rule, `spec.rules[${index}]`, errors);
  for (const [index, one] of (tls ?? []).entries()) checkTls(one, `spec.tls[${index}]`, errors);
  if (ingressClassName !== undefined) checkSubdomain(ingressClassName, "spec.ingressClassName", errors);
}
