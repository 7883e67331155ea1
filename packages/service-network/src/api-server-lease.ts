import { ApiObject, Field, Resource, Spec } from "@quarterdeck/sdk";
import { INTERNAL_GROUP } from "./node-port-claim.js";

// upstream's figure: a server renews its lease every ten seconds
const LEASE_SECONDS = 15;

/** Where a server is reached. */
export class ApiServerLeaseSpec {
  @Field({ required: true, description: "The address that it advertises." })
  address!: string;

  @Field({ type: "integer", required: true, description: "The port that it listens on." })
  port!: number;

  @Field({ type: "integer", required: true, description: "Another number with each renewal." })
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
  ttlSeconds: LEASE_SECONDS,
  description: "A server that is alive.",
})
export class ApiServerLease extends ApiObject<ApiServerLeaseSpec> {
  @Spec({ description: "Where it is reached." })
  override spec!: ApiServerLeaseSpec;
}
