import { Field } from "@quarterdeck/sdk";

/** The options of the plugin; the defaults are those of upstream's `--audit-webhook-*`. */
export class AuditWebhookOptions {
  @Field({ required: true, minLength: 1, description: "Kubeconfig of the webhook, from the folder of the config file" })
  kubeconfig!: string;

  @Field({
    enum: ["batch", "blocking", "blocking-strict"],
    default: "batch",
    description: "Whether events gather, or a request waits until its event is delivered, and fails when it cannot be",
  })
  mode!: "batch" | "blocking" | "blocking-strict";

  @Field({ type: "number", minimum: 0.1, default: 30, description: "Seconds that one attempt may take" })
  timeoutSeconds!: number;

  @Field({
    type: "integer",
    minimum: 1,
    default: 5,
    description: "How often a batch is sent when the webhook does not answer",
  })
  attempts!: number;

  @Field({
    type: "number",
    minimum: 0,
    default: 10,
    description: "Seconds before the second attempt; later pauses grow",
  })
  initialBackoffSeconds!: number;

  @Field({
    type: "integer",
    minimum: 1,
    default: 10_000,
    description: "Events that wait in mode batch; more are dropped",
  })
  batchBufferSize!: number;

  @Field({ type: "integer", minimum: 1, default: 400, description: "Events that are sent together at most" })
  batchMaxSize!: number;

  @Field({ type: "number", minimum: 0, default: 30, description: "Seconds that events wait at most in mode batch" })
  batchMaxWaitSeconds!: number;

  @Field({ type: "number", minimum: 0, default: 10, description: "Batches a second; 0 for no limit" })
  batchThrottleQps!: number;

  @Field({
    type: "integer",
    minimum: 1,
    default: 15,
    description: "Batches that may be sent at once before that counts",
  })
  batchThrottleBurst!: number;

  @Field({ type: "boolean", default: false, description: "Leaves the bodies out of events that are too large" })
  truncate!: boolean;

  @Field({ type: "integer", minimum: 1024, default: 102_400, description: "Bytes of an event that is too large" })
  truncateMaxEventBytes!: number;

  @Field({ type: "integer", minimum: 1024, default: 10_485_760, description: "Bytes of a batch that is too large" })
  truncateMaxBatchBytes!: number;
}
