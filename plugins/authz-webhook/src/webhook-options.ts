import { Field } from "@quarterdeck/sdk";

/** A condition of which all must hold for the webhook to be asked. */
export class MatchCondition {
  @Field({ required: true, minLength: 1, maxLength: 10_240, description: "CEL over `request`, the review's spec" })
  expression!: string;
}

/** The options of the plugin. */
export class AuthzWebhookOptions {
  @Field({ required: true, minLength: 1, description: "Kubeconfig of the webhook, from the folder of the config file" })
  kubeconfig!: string;

  @Field({
    enum: ["v1", "v1beta1"],
    default: "v1",
    description: "Version of SubjectAccessReview that the webhook speaks",
  })
  version!: "v1" | "v1beta1";

  @Field({ type: "number", minimum: 0, default: 300, description: "Seconds that an allowing answer is kept" })
  authorizedSeconds!: number;

  @Field({ type: "number", minimum: 0, default: 30, description: "Seconds that any other answer is kept" })
  unauthorizedSeconds!: number;

  @Field({ type: "number", minimum: 0.1, maximum: 30, default: 3, description: "Seconds that one attempt may take" })
  timeoutSeconds!: number;

  @Field({
    type: "integer",
    minimum: 1,
    default: 5,
    description: "How often the webhook is asked when it does not answer",
  })
  attempts!: number;

  @Field({
    enum: ["NoOpinion", "Deny"],
    default: "NoOpinion",
    description: "What it means that the webhook cannot be asked",
  })
  failurePolicy!: "NoOpinion" | "Deny";

  @Field({
    type: "array",
    items: () => MatchCondition,
    maxItems: 64,
    default: [],
    description: "CEL conditions of which all must hold, else the webhook is not asked",
  })
  matchConditions!: MatchCondition[];
}
