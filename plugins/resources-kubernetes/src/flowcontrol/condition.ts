import type { FieldErrors } from "@quarterdeck/meta";
import { Field } from "@quarterdeck/sdk";

/** One observation about a flow schema or a priority level. */
export class FlowControlCondition {
  @Field({ proto: 1, required: true, description: "What is observed, such as Dangling; one condition of each type." })
  type!: string;

  @Field({ proto: 2, description: "True, False or Unknown." })
  status?: string;

  @Field({ proto: 3, type: "string", format: "date-time", description: "When the status last changed." })
  lastTransitionTime?: string;

  @Field({ proto: 4, description: "The cause in one CamelCase word." })
  reason?: string;

  @Field({ proto: 5, description: "The cause in a sentence." })
  message?: string;
}

/** What was observed of a flow schema or a priority level. */
export class FlowControlStatus {
  @Field({
    proto: 1,
    items: () => FlowControlCondition,
    listType: "map",
    listMapKeys: ["type"],
    description: "The latest observations.",
  })
  conditions?: FlowControlCondition[];
}

/** Every condition has a type. */
export function checkConditions(status: FlowControlStatus | undefined, errors: FieldErrors): void {
  for (const [index, { type }] of (status?.conditions ?? []).entries()) {
    if (type === "") errors.required(`status.conditions[${index}].type`, "must not be empty");
  }
}
