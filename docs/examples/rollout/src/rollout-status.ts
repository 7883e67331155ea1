import { Field } from "@quarterdeck/sdk";

/** What a rollout has reached, written by its controller. */
export class RolloutStatus {
  @Field({ type: "integer", minimum: 0, description: "How many copies run." })
  replicas?: number;

  @Field({ description: "The label selector of the copies, in text form." })
  selector?: string;

  @Field({ enum: ["Pending", "Progressing", "Healthy", "Failed"], description: "Where it stands." })
  phase?: string;

  @Field({ type: "integer", format: "int64", description: "The generation that this status is about." })
  observedGeneration?: number;
}
