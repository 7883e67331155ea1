import {
  dns1123LabelErrors,
  dns1123SubdomainErrors,
  type FieldErrors,
  IpAddress,
  labelValueErrors,
  qualifiedNameErrors,
} from "@quarterdeck/meta";
import { checkDomainName } from "../../checks/check-host.js";
import { checkEndpointIp, checkIp, checkLegacyIp } from "../../checks/check-ip.js";
import { checkLabels } from "../../checks/check-labels.js";
import { checkProtocol } from "../../checks/check-port.js";
import { sameJson } from "../../checks/same-json.js";
import type { Endpoint, EndpointHints, EndpointSlice } from "../../types/discovery-v1.js";

const TYPES: readonly string[] = ["FQDN", "IPv4", "IPv6"];
const MAX_ENDPOINTS = 1000;
const MAX_ADDRESSES = 100;
const MAX_PORTS = 20_000;
const MAX_TOPOLOGY = 16;
const MAX_HINTS = 8;

type DeclaredSlice = Pick<EndpointSlice, "addressType" | "endpoints">;

/** What the addresses of an updated slice are: of one that changes, upstream tells of a type that it does not know here. */
export function checkChangedType(type: string, old: string, errors: FieldErrors): void {
  if (type !== "" && type !== old && !TYPES.includes(type)) errors.notSupported("addressType", type, TYPES);
}

function checkAddressType(type: string, old: string | undefined, errors: FieldErrors): void {
  if (type === old) return;
  if (type === "") errors.required("addressType");
  else if (old === undefined && !TYPES.includes(type)) errors.notSupported("addressType", type, TYPES);
  if (old !== undefined) errors.invalid("addressType", null, "field is immutable");
}

/**
 * What the types of upstream declare of a slice, which is told after all the rest: the type of the addresses, which stays, and how
 * many of them an endpoint has. What is as it was in `old` is let pass.
 */
export function checkDeclared(slice: DeclaredSlice, old: DeclaredSlice | undefined, errors: FieldErrors): void {
  checkAddressType(slice.addressType, old?.addressType, errors);
  if (old !== undefined && sameJson(slice.endpoints ?? [], old.endpoints ?? [])) return;
  for (const [index, { addresses }] of (slice.endpoints ?? []).entries()) {
    const path = `endpoints[${index}].addresses`;
    const count = (addresses ?? []).length;
    if (count === 0) errors.required(path);
    if (count > MAX_ADDRESSES) errors.tooMany(path, count, MAX_ADDRESSES);
  }
}

/** The ports of a slice, no two of one name; upstream's `validatePorts`. */
export function checkSlicePorts(ports: EndpointSlice["ports"], errors: FieldErrors): void {
  if ((ports ?? []).length > MAX_PORTS) {
    errors.tooMany("ports", (ports ?? []).length, MAX_PORTS);
    return;
  }
  const names = new Set<string>();
  for (const [index, { name = "", protocol, appProtocol }] of (ports ?? []).entries()) {
    const path = `ports[${index}]`;
    if (name !== "") for (const problem of dns1123LabelErrors(name)) errors.invalid(`${path}.name`, name, problem);
    if (names.has(name)) errors.duplicate(`${path}.name`, name);
    names.add(name);
    if (protocol === "") errors.notSupported(`${path}.protocol`, protocol, ["SCTP", "TCP", "UDP"]);
    else checkProtocol(protocol, `${path}.protocol`, errors);
    if (appProtocol !== undefined)
      for (const problem of qualifiedNameErrors(appProtocol))
        errors.invalid(`${path}.appProtocol`, appProtocol, problem);
  }
}

function checkAddress(address: string, type: string, list: string, path: string, errors: FieldErrors): void {
  if (type === "FQDN") checkDomainName(address, path, errors);
  if (type !== "IPv4" && type !== "IPv6") return;
  const before = errors.list.length;
  if (type === "IPv4") checkLegacyIp(address, path, errors);
  else checkIp(address, path, errors);
  if (errors.list.length > before) return;
  if (IpAddress.parse(address)?.family !== type) errors.invalid(list, address, `must be an ${type} address`);
  checkEndpointIp(address, path, errors);
}

function checkHints({ forZones, forNodes }: EndpointHints, path: string, errors: FieldErrors): void {
  const check = (
    hints: readonly { readonly name: string }[] | undefined,
    field: string,
    problemsOf: (name: string) => readonly string[],
  ): boolean => {
    if ((hints ?? []).length > MAX_HINTS) {
      errors.tooMany(field, (hints ?? []).length, MAX_HINTS);
      return false;
    }
    const names = new Set<string>();
    for (const [index, { name }] of (hints ?? []).entries()) {
      if (names.has(name)) errors.duplicate(`${field}[${index}].name`, name);
      names.add(name);
      for (const problem of problemsOf(name)) errors.invalid(`${field}[${index}].name`, name, problem);
    }
    return true;
  };
  if (check(forZones, `${path}.forZones`, labelValueErrors))
    check(forNodes, `${path}.forNodes`, dns1123SubdomainErrors);
}

function checkEndpoint(endpoint: Endpoint, type: string, path: string, errors: FieldErrors): void {
  const { nodeName, hostname, hints, deprecatedTopology = {} } = endpoint;
  const addresses = endpoint.addresses ?? [];
  const list = `${path}.addresses`;
  for (const [index, address] of addresses.entries()) checkAddress(address, type, list, `${list}[${index}]`, errors);
  if (nodeName !== undefined)
    for (const problem of dns1123SubdomainErrors(nodeName)) errors.invalid(`${path}.nodeName`, nodeName, problem);
  const labels = Object.keys(deprecatedTopology).length;
  if (labels > MAX_TOPOLOGY) errors.tooMany(`${path}.deprecatedTopology`, labels, MAX_TOPOLOGY);
  checkLabels(deprecatedTopology, `${path}.deprecatedTopology`, errors);
  if (hostname !== undefined)
    for (const problem of dns1123LabelErrors(hostname)) errors.invalid(`${path}.hostname`, hostname, problem);
  if (hints !== undefined) checkHints(hints, `${path}.hints`, errors);
}

/** The endpoints of a slice with addresses of a type; upstream's `validateEndpoints`. */
export function checkSliceEndpoints(endpoints: EndpointSlice["endpoints"], type: string, errors: FieldErrors): void {
  if ((endpoints ?? []).length > MAX_ENDPOINTS) {
    errors.tooMany("endpoints", (endpoints ?? []).length, MAX_ENDPOINTS);
    return;
  }
  for (const [index, one] of (endpoints ?? []).entries()) checkEndpoint(one, type, `endpoints[${index}]`, errors);
}
