import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { placeOf, type ServerPlace } from "./server-place.js";

/** How long a lease that does not change counts: two renewals and a half, as long as it takes to be sure of a missed one. */
const PATIENCE = 25_000;

/**
 * The servers that are alive, by leases that they renew. The storage lets a lease end by itself, but perhaps a minute late, and
 * clocks of servers differ: what counts is for how long this server has seen no change.
 */
export class LivingServers {
  readonly #seen = new Map<string, { readonly renewals: unknown; readonly at: number }>();

  /** `now` is in milliseconds of any clock that only goes forward. */
  of(leases: readonly KubeObject[], now: number): ServerPlace[] {
    const names = new Set(leases.map(({ metadata }) => metadata.name ?? ""));
    for (const name of this.#seen.keys()) if (!names.has(name)) this.#seen.delete(name);
    return leases
      .filter((lease) => now - this.#lastChange(lease, now) < PATIENCE)
      .map(placeOf)
      .filter((place) => place !== undefined);
  }

  #lastChange(lease: KubeObject, now: number): number {
    const { name = "" } = lease.metadata;
    const spec: unknown = lease.spec;
    const renewals = isJsonObject(spec) ? spec.renewals : undefined;
    const seen = this.#seen.get(name);
    if (seen !== undefined && seen.renewals === renewals) return seen.at;
    this.#seen.set(name, { renewals, at: now });
    return now;
  }
}
