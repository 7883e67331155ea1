import { ApiObject, Field, Resource, Spec } from "@quarterdeck/sdk";
import { INTERNAL_GROUP } from "./node-port-claim.js";

/** For how many seconds a server counts as alive after it has last said so; upstream's figure. */
export const SERVER_LEASE_SECONDS = 15;

/** Where a server is reached. */
export class ApiServerLeaseSpec {
  @Field({ required: true, description: "The address that it advertises." })
  address!: string;

  @Field({ type: "integer", required: true, description: "How often it has said so." })
  renewals!: number;
}

/** A server that is alive: it is renewed, or ends. Upstream's master leases. */
@Resource({
  group: INTERNAL_GROUP,
  version: "v1",
  kind: "ApiServerLease",
  scope: "Cluster",
  served: false,
  // the name is an address, and those of IPv6 have colons
  nameFormat: "path-segment",
  createOnUpdate: true,
  ttlSeconds: SERVER_LEASE_SECONDS,
  description: "A server that is alive.",
})
export class ApiServerLease extends ApiObject<ApiServerLeaseSpec> {
  @Spec({ description: "Where it is reached." })
  override spec!: ApiServerLeaseSpec;
}
