import { quoteText } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { containersOf } from "./containers-of.js";

/** More ports of one number are not held against the others: a hostile pod could have as many as its body has room for. */
const MOST_ALIKE = 10;

interface PlacedPort {
  readonly at: string;
  readonly port: core.ContainerPort;
}

/** A port as Go prints it. */
function show({ name = "", hostPort = 0, containerPort, protocol = "", hostIP = "" }: core.ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}

/** How two ports of one number are at odds; undefined when they are not. */
function conflictOf(one: core.ContainerPort, other: core.ContainerPort): string | undefined {
  const { hostPort = 0, hostIP = "" } = one;
  const { hostPort: otherPort = 0, hostIP: otherIP = "" } = other;
  if (hostIP === otherIP && hostPort === otherPort) return "duplicate port definition";
  if (hostPort === 0 || otherPort === 0) return "overlapping port definition";
  const isAmbiguous = hostPort === otherPort && (hostIP === "") !== (otherIP === "");
  return isAmbiguous ? "dangerously ambiguous port definition" : undefined;
}

function portsOf(spec: core.PodSpec, path: string): PlacedPort[] {
  return containersOf(spec).flatMap(({ container, list, index }) =>
    (container.ports ?? []).map((port, place) => ({ at: `${path}.${list}[${index}].ports[${place}]`, port })),
  );
}

function numberWarnings(ports: readonly PlacedPort[]): string[] {
  const warnings: string[] = [];
  const byNumber = new Map<string, PlacedPort[]>();
  for (const { at, port } of ports) {
    if ((port.hostIP ?? "") !== "" && (port.hostPort ?? 0) === 0)
      warnings.push(`${at}: hostIP set without hostPort: ${show(port)}`);
    const key = `${port.containerPort}/${port.protocol ?? ""}`;
    const others = byNumber.get(key) ?? [];
    for (const other of others) {
      const conflict = conflictOf(port, other.port);
      if (conflict !== undefined) warnings.push(`${at}: ${conflict} with ${other.at}`);
    }
    if (others.length < MOST_ALIKE) byNumber.set(key, [...others, { at, port }]);
  }
  return warnings;
}

function nameWarnings(ports: readonly PlacedPort[]): string[] {
  const warnings: string[] = [];
  const byName = new Map<string, string>();
  for (const { at, port } of ports) {
    const { name = "" } = port;
    if (name === "") continue;
    const first = byName.get(name);
    if (first === undefined) byName.set(name, at);
    else {
      const duplicate = `duplicate port name ${quoteText(name)} with ${first}`;
      warnings.push(`${at}: ${duplicate}, services and probes that select ports by name will use ${first}`);
    }
  }
  return warnings;
}

/** What is to be said against the ports of a pod's containers, first their numbers, then their names. */
export function portWarnings(spec: core.PodSpec, path: string): string[] {
  const ports = portsOf(spec, path);
  return [...numberWarnings(ports), ...nameWarnings(ports)];
}
