import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkEndpointIp, checkLegacyIp } from "../../checks/check-ip.js";
import { checkPortNumber, checkProtocol } from "../../checks/check-port.js";
import type { EndpointAddress, EndpointPort, EndpointSubset } from "../../types/core-v1.js";

function checkAddress({ ip, hostname = "", nodeName }: EndpointAddress, path: string, errors: FieldErrors): void {
  checkLegacyIp(ip, `${path}.ip`, errors);
  if (hostname !== "")
    for (const problem of dns1123LabelErrors(hostname)) errors.invalid(`${path}.hostname`, hostname, problem);
  if (nodeName !== undefined)
    for (const problem of dns1123SubdomainErrors(nodeName)) errors.invalid(`${path}.nodeName`, nodeName, problem);
  checkEndpointIp(ip, `${path}.ip`, errors);
}

function checkPort(port: EndpointPort, named: boolean, path: string, errors: FieldErrors): void {
  const { name = "", appProtocol } = port;
  if (name !== "") for (const problem of dns1123LabelErrors(name)) errors.invalid(`${path}.name`, name, problem);
  else if (named) errors.required(`${path}.name`);
  checkPortNumber(port.port, `${path}.port`, errors);
  checkProtocol(port.protocol, `${path}.protocol`, errors);
  if (appProtocol !== undefined)
    for (const problem of qualifiedNameErrors(appProtocol)) errors.invalid(`${path}.appProtocol`, appProtocol, problem);
}

/** The addresses and ports of Endpoints; upstream's `validateEndpointSubsets`. */
export function checkSubsets(subsets: readonly EndpointSubset[] | undefined, errors: FieldErrors): void {
  for (const [index, { addresses, notReadyAddresses, ports }] of (subsets ?? []).entries()) {
    const path = `subsets[${index}]`;
    if ((addresses ?? []).length === 0 && (notReadyAddresses ?? []).length === 0)
      errors.required(path, "must specify `addresses` or `notReadyAddresses`");
    for (const [at, one] of (addresses ?? []).entries()) checkAddress(one, `${path}.addresses[${at}]`, errors);
    for (const [at, one] of (notReadyAddresses ?? []).entries())
      checkAddress(one, `${path}.notReadyAddresses[${at}]`, errors);
    const named = (ports ?? []).length > 1;
    for (const [at, one] of (ports ?? []).entries()) checkPort(one, named, `${path}.ports[${at}]`, errors);
  }
}
