import { isJsonObject, type KubeObject } from "@quarterdeck/meta";

/** Where a server is reached. */
export interface ServerPlace {
  readonly address: string;
  readonly port: number;
}

/** What the lease of a server is called. */
export function leaseName({ address, port }: ServerPlace): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Where the server of a lease is reached. */
export function placeOf(lease: KubeObject): ServerPlace | undefined {
  const spec: unknown = lease.spec;
  if (!isJsonObject(spec) || typeof spec.address !== "string" || typeof spec.port !== "number") return undefined;
  return { address: spec.address, port: spec.port };
}
