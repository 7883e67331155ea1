import { Field } from "@quarterdeck/sdk";

/** One condition of a label selector. */
export class LabelSelectorRequirement {
  @Field({ proto: 1, required: true, description: "Key of the label." })
  key!: string;

  @Field({ proto: 2, required: true, description: "In, NotIn, Exists or DoesNotExist." })
  operator!: string;

  @Field({ proto: 3, items: { type: "string" }, listType: "atomic", description: "Values, for In and NotIn." })
  values?: string[];
}

/** Selects objects by their labels; all conditions must hold, and none selects everything. */
export class LabelSelector {
  @Field({ proto: 1, additionalProperties: { type: "string" }, description: "Labels and the values they must have." })
  matchLabels?: { [key: string]: string };

  @Field({
    proto: 2,
    items: () => LabelSelectorRequirement,
    listType: "atomic",
    description: "Conditions that labels must meet.",
  })
  matchExpressions?: LabelSelectorRequirement[];
}

/** Which cluster roles lend their rules to this one. */
export class AggregationRule {
  @Field({
    proto: 1,
    items: () => LabelSelector,
    listType: "atomic",
    description: "The rules of every cluster role that one of these selects are gathered.",
  })
  clusterRoleSelectors?: LabelSelector[];
}
