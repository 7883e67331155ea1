import { Field } from "@quarterdeck/sdk";

/** One observation about a namespace, such as why its deletion does not end. */
export class NamespaceCondition {
  @Field({ proto: 1, required: true, description: "What is observed." })
  type!: string;

  @Field({ proto: 2, required: true, description: "True, False or Unknown." })
  status!: string;

  @Field({ proto: 4, type: "string", format: "date-time", description: "When the status last changed." })
  lastTransitionTime?: string;

  @Field({ proto: 5, description: "The cause in one CamelCase word." })
  reason?: string;

  @Field({ proto: 6, description: "The cause in a sentence." })
  message?: string;
}

/** Whether a namespace is in use or on its way out. */
export class NamespaceStatus {
  @Field({ proto: 1, description: "Active, or Terminating once it has been deleted." })
  phase?: string;

  @Field({
    proto: 2,
    items: () => NamespaceCondition,
    listType: "map",
    listMapKeys: ["type"],
    description: "The latest observations.",
  })
  conditions?: NamespaceCondition[];
}
