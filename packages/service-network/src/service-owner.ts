/** The service that an address or a port is for. */
export interface ServiceOwner {
  readonly namespace: string;
  readonly name: string;
}

/** True when both mean the same service. */
export function sameOwner(left: ServiceOwner | undefined, right: ServiceOwner): boolean {
  return left !== undefined && left.namespace === right.namespace && left.name === right.name;
}
