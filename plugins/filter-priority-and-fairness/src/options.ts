import { Field } from "@quarterdeck/sdk";

/** The options of the plugin. */
export class PriorityAndFairnessOptions {
  @Field({
    type: "integer",
    minimum: 1,
    default: 600,
    description:
      "Seats that all priority levels share; upstream's sum of --max-requests-inflight and --max-mutating-requests-inflight.",
  })
  totalConcurrency!: number;

  @Field({
    type: "number",
    minimum: 0,
    maximum: 60,
    default: 15,
    description: "Seconds that a request may wait for a seat; then it is answered with 429.",
  })
  queueWaitSeconds!: number;

  @Field({
    type: "number",
    minimum: 0,
    default: 0.3,
    description:
      "Milliseconds that the server works without a break before requests have to take turns, level by level and flow by flow; 0: never.",
  })
  sliceMilliseconds!: number;
}
