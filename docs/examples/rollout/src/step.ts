import { Field } from "@quarterdeck/sdk";

/** One part of a rollout: how far it goes and how long it waits there. */
export class Step {
  @Field({
    required: true,
    pattern: "^[a-z0-9-]+$",
    maxLength: 63,
    description: "Name of the step, unique in its rollout.",
  })
  name!: string;

  @Field({
    type: "integer",
    minimum: 0,
    maximum: 100,
    default: 100,
    description: "Percentage of the replicas to reach.",
  })
  weight!: number;

  @Field({ format: "duration", description: "How long to wait before the next step, such as 5m." })
  pause?: string;
}
