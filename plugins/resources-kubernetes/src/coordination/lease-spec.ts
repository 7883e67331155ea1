import { Field } from "@quarterdeck/sdk";

/** Who holds a lease, and since when. */
export class LeaseSpec {
  @Field({ proto: 1, description: "Who holds it; empty when it was given up." })
  holderIdentity?: string;

  @Field({
    proto: 2,
    type: "integer",
    format: "int32",
    description: "Seconds that others wait, from the last renewal that they have seen, before they take it.",
  })
  leaseDurationSeconds?: number;

  @Field({ proto: 3, type: "string", format: "date-time", description: "When its holder got it." })
  acquireTime?: string;

  @Field({ proto: 4, type: "string", format: "date-time", description: "When its holder last renewed it." })
  renewTime?: string;

  @Field({ proto: 5, type: "integer", format: "int32", description: "How often it has changed hands." })
  leaseTransitions?: number;

  @Field({ proto: 6, description: "How the next holder is chosen where elections are coordinated." })
  strategy?: string;

  @Field({ proto: 7, description: "Who is to hold it next where elections are coordinated." })
  preferredHolder?: string;
}
