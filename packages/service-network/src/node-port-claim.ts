import { ApiObject, Field, Resource, Spec } from "@quarterdeck/sdk";

/** The group of kinds that are stored and not served. */
export const INTERNAL_GROUP = "network.quarterdeck.internal";

/** Which service has a port. */
export class NodePortClaimSpec {
  @Field({ required: true, description: "The namespace of the service." })
  namespace!: string;

  @Field({ required: true, description: "The name of the service." })
  name!: string;
}

/** A port on the nodes that a service has; its name is the port, so that no two services get it. */
@Resource({
  group: INTERNAL_GROUP,
  version: "v1",
  kind: "NodePortClaim",
  scope: "Cluster",
  served: false,
  description: "A port on the nodes that a service has.",
})
export class NodePortClaim extends ApiObject<NodePortClaimSpec> {
  @Spec({ description: "Which service has it." })
  override spec!: NodePortClaimSpec;
}
