import { type FieldErrors, IpRange } from "@quarterdeck/meta";
import { checkLegacyCidr } from "../../checks/check-ip.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkPortName, checkPortNumber } from "../../checks/check-port.js";
import type { IPBlock, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from "../../types/networking-v1.js";

const PROTOCOLS: readonly string[] = ["TCP", "UDP", "SCTP"];
const TYPES: readonly string[] = ["Ingress", "Egress"];

function checkEndPort(endPort: number, port: number | string | undefined, path: string, errors: FieldErrors): void {
  if (port === undefined) errors.invalid(path, endPort, "may not be specified when `port` is not specified");
  else if (typeof port === "string") errors.invalid(path, endPort, "may not be specified when `port` is non-numeric");
  else {
    if (endPort < port) errors.invalid(path, endPort, "must be greater than or equal to `port`");
    checkPortNumber(endPort, path, errors);
  }
}

function checkPort({ protocol, port, endPort }: NetworkPolicyPort, path: string, errors: FieldErrors): void {
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    errors.notSupported(`${path}.protocol`, protocol, PROTOCOLS);
  if (typeof port === "number") checkPortNumber(port, `${path}.port`, errors);
  if (endPort !== undefined) checkEndPort(endPort, port, `${path}.endPort`, errors);
  if (typeof port === "string") checkPortName(port, `${path}.port`, errors);
}

function checkBlock({ cidr, except }: IPBlock, path: string, known: readonly string[], errors: FieldErrors): void {
  // Upstream declares that it is there, so that it comes last.
  if (cidr === "") return;
  checkLegacyCidr(cidr, `${path}.cidr`, errors, known);
  const range = IpRange.parse(cidr);
  if (range === undefined) return;
  for (const [index, text] of (except ?? []).entries()) {
    const place = `${path}.except[${index}]`;
    checkLegacyCidr(text, place, errors, known);
    const part = IpRange.parse(text);
    if (part !== undefined && (!range.has(part.at(0n)) || part.prefixLength <= range.prefixLength))
      errors.invalid(place, text, "must be a strict subset of `cidr`");
  }
}

function checkPeer(peer: NetworkPolicyPeer, path: string, known: readonly string[], errors: FieldErrors): void {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (podSelector !== undefined) checkLabelSelector(podSelector, `${path}.podSelector`, errors);
  if (namespaceSelector !== undefined) checkLabelSelector(namespaceSelector, `${path}.namespaceSelector`, errors);
  if (ipBlock !== undefined) checkBlock(ipBlock, `${path}.ipBlock`, known, errors);
  const selected = podSelector !== undefined || namespaceSelector !== undefined;
  if (!selected && ipBlock === undefined) errors.required(path, "must specify a peer");
  else if (selected && ipBlock !== undefined) errors.forbidden(path, "may not specify both ipBlock and another peer");
}

/** The pods, rules and types of a NetworkPolicy; `known` are CIDRs that stay allowed. Upstream's `ValidateNetworkPolicySpec`. */
export function checkNetworkPolicySpec(spec: NetworkPolicySpec, known: readonly string[], errors: FieldErrors): void {
  checkLabelSelector(spec.podSelector, "spec.podSelector", errors);
  const check = (
    ports: readonly NetworkPolicyPort[] | undefined,
    peers: readonly NetworkPolicyPeer[] | undefined,
    path: string,
    side: string,
  ) => {
    for (const [index, port] of (ports ?? []).entries()) checkPort(port, `${path}.ports[${index}]`, errors);
    for (const [index, peer] of (peers ?? []).entries()) checkPeer(peer, `${path}.${side}[${index}]`, known, errors);
  };
  for (const [index, rule] of (spec.ingress ?? []).entries())
    check(rule.ports, rule.from, `spec.ingress[${index}]`, "from");
  for (const [index, rule] of (spec.egress ?? []).entries()) check(rule.ports, rule.to, `spec.egress[${index}]`, "to");
  checkPolicyTypes(spec.policyTypes ?? [], errors);
  for (const [index, { from }] of (spec.ingress ?? []).entries())
    checkBlocksGiven(from, `spec.ingress[${index}].from`, errors);
  for (const [index, { to }] of (spec.egress ?? []).entries()) checkBlocksGiven(to, `spec.egress[${index}].to`, errors);
}

function checkBlocksGiven(peers: readonly NetworkPolicyPeer[] | undefined, path: string, errors: FieldErrors): void {
  for (const [index, { ipBlock }] of (peers ?? []).entries())
    if (ipBlock?.cidr === "") errors.required(`${path}[${index}].ipBlock.cidr`);
}

function checkPolicyTypes(types: readonly string[], errors: FieldErrors): void {
  if (types.length > TYPES.length)
    errors.invalid("spec.policyTypes", types, "may not specify more than two policyTypes");
  else
    for (const [index, type] of types.entries())
      if (!TYPES.includes(type)) errors.notSupported(`spec.policyTypes[${index}]`, type, TYPES);
}
