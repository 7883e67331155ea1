import { Field, Rule } from "@quarterdeck/sdk";
import { Step } from "./step.js";

/** What a rollout is meant to reach. */
@Rule({ rule: "self.replicas <= self.maxReplicas", message: "replicas must not exceed maxReplicas" })
export class RolloutSpec {
  @Field({ type: "integer", minimum: 0, default: 1, description: "How many copies are to run." })
  replicas!: number;

  @Field({ type: "integer", minimum: 1, maximum: 1000, default: 100, description: "How many copies may ever run." })
  maxReplicas!: number;

  @Field({
    required: true,
    pattern: "^[a-z0-9./:@-]+$",
    minLength: 1,
    maxLength: 255,
    description: "The image to run.",
  })
  image!: string;

  @Field({
    enum: ["Canary", "BlueGreen", "AllAtOnce"],
    default: "Canary",
    description: "How the new image takes over.",
  })
  strategy!: string;

  @Field({ type: "integer", intOrString: true, description: "How many copies may be missing meanwhile: 2, or 25%." })
  maxUnavailable?: number | string;

  @Field({
    items: () => Step,
    listType: "map",
    listMapKeys: ["name"],
    maxItems: 20,
    description: "The steps, in order.",
  })
  steps?: Step[];

  @Field({
    additionalProperties: { type: "string" },
    mapType: "granular",
    description: "Environment variables by name.",
  })
  env?: { [name: string]: string };

  @Field({ default: false, description: "While true, nothing moves." })
  paused!: boolean;

  @Field({ type: "object", preserveUnknownFields: true, description: "Settings that the server does not look into." })
  extensions?: object;

  @Field({ type: "string", format: "date-time", description: "Set by the restart subresource." })
  restartedAt?: string;
}
