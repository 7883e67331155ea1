import { dns1123LabelErrors, type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkPort, checkPortNumber, checkProtocol } from "../../checks/check-port.js";
import type { ServicePort, ServiceSpec } from "../../types/core-v1.js";

function checkName(name: string, named: boolean, names: Set<string>, path: string, errors: FieldErrors): void {
  if (name === "") {
    if (named) errors.required(path);
    return;
  }
  for (const problem of dns1123LabelErrors(name)) errors.invalid(path, name, problem);
  if (names.has(name)) errors.duplicate(path, name);
  names.add(name);
}

/** The ports of a Service; several of them have names. Upstream's `validateServicePort`. */
export function checkServicePorts(ports: readonly ServicePort[] | undefined, errors: FieldErrors): void {
  const names = new Set<string>();
  for (const [index, port] of (ports ?? []).entries()) {
    const path = `spec.ports[${index}]`;
    checkName(port.name ?? "", (ports ?? []).length > 1, names, `${path}.name`, errors);
    checkPortNumber(port.port, `${path}.port`, errors);
    checkProtocol(port.protocol, `${path}.protocol`, errors);
    checkPort(port.targetPort, `${path}.targetPort`, errors);
    if (port.appProtocol !== undefined)
      for (const problem of qualifiedNameErrors(port.appProtocol))
        errors.invalid(`${path}.appProtocol`, port.appProtocol, problem);
  }
}

/** No two ports of one protocol and number, nor two on the nodes; none on the nodes where the type has none. */
export function checkUniquePorts({ type, ports }: ServiceSpec, errors: FieldErrors): void {
  const all = [...(ports ?? []).entries()];
  for (const [index, { nodePort = 0 }] of all)
    if (type === "ClusterIP" && nodePort !== 0)
      errors.forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'");
  const onNodes = new Set<string>();
  for (const [index, { protocol = "", nodePort = 0 }] of all) {
    const key = `${protocol}/${nodePort}`;
    if (nodePort !== 0 && onNodes.has(key)) errors.duplicate(`spec.ports[${index}].nodePort`, nodePort);
    onNodes.add(key);
  }
  const known = new Set<string>();
  for (const [index, { protocol = "", port }] of all) {
    const key = `${protocol}/${port}`;
    // upstream's word for the port is a new one of these two fields, with Go's zero values
    if (known.has(key)) errors.duplicate(`spec.ports[${index}]`, duplicatePort(protocol, port));
    known.add(key);
  }
}

function duplicatePort(protocol: string, port: number): object {
  return { Name: "", Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
}
