import { Field } from "@quarterdeck/sdk";

/** The options of the plugin. */
export class AuthnWebhookOptions {
  @Field({ required: true, minLength: 1, description: "Kubeconfig of the webhook, from the folder of the config file" })
  kubeconfig!: string;

  @Field({ enum: ["v1", "v1beta1"], default: "v1", description: "Version of TokenReview that the webhook speaks" })
  version!: "v1" | "v1beta1";

  @Field({
    type: "array",
    items: { type: "string", minLength: 1 },
    default: [],
    description: "Audiences of which a token must be good for one; none leaves that to the webhook",
  })
  audiences!: string[];

  @Field({ type: "number", minimum: 0, default: 120, description: "Seconds that an answer is kept; 0 asks every time" })
  cacheSeconds!: number;

  @Field({ type: "number", minimum: 0.1, default: 10, description: "Seconds that one attempt may take" })
  timeoutSeconds!: number;

  @Field({
    type: "integer",
    minimum: 1,
    default: 5,
    description: "How often the webhook is asked when it does not answer",
  })
  attempts!: number;
}
