import { Field } from "@quarterdeck/sdk";

const STRINGS = { items: { type: "string" }, listType: "atomic" } as const;

/** What may be done to which resources; * stands for all. */
export class ReviewedResourceRule {
  @Field({ proto: 1, ...STRINGS, required: true, description: "The verbs." })
  verbs!: string[];

  @Field({ proto: 2, ...STRINGS, description: "The API groups." })
  apiGroups?: string[];

  @Field({ proto: 3, ...STRINGS, description: "The resources, with their subresources." })
  resources?: string[];

  @Field({ proto: 4, ...STRINGS, description: "The names; all when it is empty." })
  resourceNames?: string[];
}

/** What may be done to which paths. */
export class ReviewedNonResourceRule {
  @Field({ proto: 1, ...STRINGS, required: true, description: "The verbs." })
  verbs!: string[];

  @Field({ proto: 2, ...STRINGS, description: "The paths; one may end in *." })
  nonResourceURLs?: string[];
}

/** The rules that hold for a caller in a namespace. */
export class SubjectRulesReviewStatus {
  @Field({ proto: 1, items: () => ReviewedResourceRule, listType: "atomic", required: true, description: "Resources." })
  resourceRules!: ReviewedResourceRule[];

  @Field({ proto: 2, items: () => ReviewedNonResourceRule, listType: "atomic", required: true, description: "Paths." })
  nonResourceRules!: ReviewedNonResourceRule[];

  @Field({ proto: 3, required: true, description: "True when more may be allowed than the rules say." })
  incomplete!: boolean;

  @Field({ proto: 4, description: "Why they are incomplete." })
  evaluationError?: string;
}
