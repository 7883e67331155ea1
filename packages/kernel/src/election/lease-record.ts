import { isJsonObject, type JsonObject, type KubeObject } from "@quarterdeck/meta";

/** What a lease says; client-go's `LeaderElectionRecord`. */
export interface LeaseRecord {
  /** Empty when nobody holds it. */
  readonly holder: string;
  readonly durationSeconds: number;
  readonly acquireTime: string;
  readonly renewTime: string;
  readonly transitions: number;
}

/** Reads the spec of a lease; what it does not say is empty or 0. */
export function readLease({ spec: said }: KubeObject): LeaseRecord {
  const spec: JsonObject = isJsonObject(said) ? said : {};
  const text = (key: string): string => (typeof spec[key] === "string" ? spec[key] : "");
  const number = (key: string): number => (typeof spec[key] === "number" ? spec[key] : 0);
  return {
    holder: text("holderIdentity"),
    durationSeconds: number("leaseDurationSeconds"),
    acquireTime: text("acquireTime"),
    renewTime: text("renewTime"),
    transitions: number("leaseTransitions"),
  };
}

/** The spec of a lease that says so. */
export function leaseSpec(record: LeaseRecord): JsonObject {
  return {
    holderIdentity: record.holder,
    leaseDurationSeconds: record.durationSeconds,
    acquireTime: record.acquireTime,
    renewTime: record.renewTime,
    leaseTransitions: record.transitions,
  };
}

/** True when nobody has written the lease in between. */
export function sameLease(a: LeaseRecord | undefined, b: LeaseRecord): boolean {
  return a !== undefined && JSON.stringify(leaseSpec(a)) === JSON.stringify(leaseSpec(b));
}
