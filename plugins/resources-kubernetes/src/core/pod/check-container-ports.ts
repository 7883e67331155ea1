import type { FieldErrors } from "@quarterdeck/meta";
import { checkPortName, checkPortNumber, checkProtocol } from "../../checks/check-port.js";
import type * as core from "../../types/core-v1.js";

/** The ports of one container, whose names differ; upstream's `validateContainerPorts`. */
export function checkContainerPorts(ports: readonly core.ContainerPort[], path: string, errors: FieldErrors): void {
  const names = new Set<string>();
  for (const [index, { name = "", containerPort, hostPort = 0, protocol }] of ports.entries()) {
    const at = `${path}[${index}]`;
    if (name !== "") {
      const before = errors.list.length;
      checkPortName(name, `${at}.name`, errors);
      if (errors.list.length === before && names.has(name)) errors.duplicate(`${at}.name`, name);
      if (errors.list.length === before) names.add(name);
    }
    if (containerPort === 0) errors.required(`${at}.containerPort`);
    else checkPortNumber(containerPort, `${at}.containerPort`, errors);
    if (hostPort !== 0) checkPortNumber(hostPort, `${at}.hostPort`, errors);
    checkProtocol(protocol, `${at}.protocol`, errors);
  }
}

/** No two containers may take the same port of the host; upstream's `checkHostPortConflicts`. */
export function checkHostPortConflicts(containers: readonly core.Container[], path: string, errors: FieldErrors): void {
  const taken = new Set<string>();
  for (const [index, { ports = [] }] of containers.entries()) {
    for (const [at, { protocol = "", hostIP = "", hostPort = 0 }] of ports.entries()) {
      if (hostPort === 0) continue;
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(key)) errors.duplicate(`${path}[${index}].ports[${at}].hostPort`, key);
      taken.add(key);
    }
  }
}

/** On the host's network a port of a container is the host's; upstream's `validatePodHostNetworkDeps`. */
export function checkHostNetworkPorts(
  { hostNetwork, containers }: core.PodSpec,
  path: string,
  errors: FieldErrors,
  isPod: boolean,
): void {
  if (hostNetwork !== true) return;
  for (const [index, { ports = [] }] of (containers ?? []).entries()) {
    for (const [at, { hostPort = 0, containerPort }] of ports.entries()) {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) continue;
      const detail = "must match `containerPort` when `hostNetwork` is true";
      errors.invalid(`${path}.containers[${index}].ports[${at}].hostPort`, hostPort, detail);
    }
  }
}
