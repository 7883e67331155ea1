import { cidrWarnings } from "../../checks/check-ip.js";
import type { IPBlock, NetworkPolicyPeer, NetworkPolicySpec } from "../../types/networking-v1.js";

/** A range of addresses of a policy, and where it stands. */
interface PlacedBlock {
  readonly path: string;
  readonly block: IPBlock;
}

function blocksOfPeers(peers: readonly NetworkPolicyPeer[] | undefined, path: string): PlacedBlock[] {
  return (peers ?? []).flatMap(({ ipBlock }, index) =>
    ipBlock === undefined ? [] : [{ path: `${path}[${index}].ipBlock`, block: ipBlock }],
  );
}

/** All the ranges of a policy. */
export function blocksOf({ ingress, egress }: NetworkPolicySpec): PlacedBlock[] {
  return [
    ...(ingress ?? []).flatMap(({ from }, index) => blocksOfPeers(from, `spec.ingress[${index}].from`)),
    ...(egress ?? []).flatMap(({ to }, index) => blocksOfPeers(to, `spec.egress[${index}].to`)),
  ];
}

/** What to say of ranges that should be written otherwise. */
export function blockWarnings(spec: NetworkPolicySpec): string[] {
  return blocksOf(spec).flatMap(({ path, block }) => [
    ...cidrWarnings(block.cidr, `${path}.cidr`),
    ...(block.except ?? []).flatMap((except, index) => cidrWarnings(except, `${path}.except[${index}]`)),
  ]);
}
