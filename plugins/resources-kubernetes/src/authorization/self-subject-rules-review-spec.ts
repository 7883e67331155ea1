import { Field } from "@quarterdeck/sdk";

/** Where the rules are asked for. */
export class SelfSubjectRulesReviewSpec {
  @Field({ proto: 1, description: "The namespace." })
  namespace?: string;
}
