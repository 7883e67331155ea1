import { Field } from "@quarterdeck/sdk";

/** What is used when a client leaves a number out, or says 0. */
export const QUEUING_DEFAULTS = { queues: 64, handSize: 8, queueLengthLimit: 50 } as const;

/** How requests wait. */
export class QueuingConfiguration {
  @Field({
    proto: 1,
    type: "integer",
    format: "int32",
    default: QUEUING_DEFAULTS.queues,
    description: "How many queues there are.",
  })
  queues!: number;

  @Field({
    proto: 2,
    type: "integer",
    format: "int32",
    default: QUEUING_DEFAULTS.handSize,
    description: "Of how many queues a flow uses the shortest; a flow that floods its own leaves others theirs.",
  })
  handSize!: number;

  @Field({
    proto: 3,
    type: "integer",
    format: "int32",
    default: QUEUING_DEFAULTS.queueLengthLimit,
    description: "How many requests may wait in one queue.",
  })
  queueLengthLimit!: number;
}

/** What happens to a request for which there is no seat. */
export class LimitResponse {
  @Field({ proto: 1, required: true, description: "Queue or Reject." })
  type!: string;

  @Field({ proto: 2, description: "Set when the type is Queue." })
  queuing?: QueuingConfiguration;
}

/** A level whose requests take seats. */
export class LimitedPriorityLevel {
  @Field({
    proto: 1,
    type: "integer",
    format: "int32",
    default: 30,
    description:
      "Its part of the server's seats, in proportion to those of all levels; 0 makes it live on what it borrows.",
  })
  nominalConcurrencyShares?: number;

  @Field({ proto: 2, description: "What happens to a request for which there is no seat." })
  limitResponse?: LimitResponse;

  @Field({
    proto: 3,
    type: "integer",
    format: "int32",
    default: 0,
    description: "Which part of its seats, 0 to 100, others may borrow while it does not need them.",
  })
  lendablePercent?: number;

  @Field({
    proto: 4,
    type: "integer",
    format: "int32",
    description: "How much it may borrow, in percent of its own seats; without it, all that others lend.",
  })
  borrowingLimitPercent?: number;
}

/** A level whose requests never wait. */
export class ExemptPriorityLevel {
  @Field({
    proto: 1,
    type: "integer",
    format: "int32",
    default: 0,
    description: "Seats that are reserved for it, in proportion to those of all levels.",
  })
  nominalConcurrencyShares?: number;

  @Field({
    proto: 2,
    type: "integer",
    format: "int32",
    default: 0,
    description: "Which part of these seats, 0 to 100, others may borrow while it does not need them.",
  })
  lendablePercent?: number;
}

/** Whether and how the requests of the level are limited. */
export class PriorityLevelSpec {
  @Field({ proto: 1, required: true, description: "Exempt or Limited." })
  type!: string;

  @Field({ proto: 2, description: "Set when the type is Limited." })
  limited?: LimitedPriorityLevel;

  @Field({ proto: 3, description: "May be set when the type is Exempt." })
  exempt?: ExemptPriorityLevel;
}
