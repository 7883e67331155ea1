import { Field } from "@quarterdeck/sdk";

/** One condition of a selector. */
export class SelectorRequirement {
  @Field({ proto: 1, required: true, description: "The field or label." })
  key!: string;

  @Field({ proto: 2, required: true, description: "In, NotIn, Exists, DoesNotExist; unknown ones are passed over." })
  operator!: string;

  @Field({ proto: 3, items: { type: "string" }, listType: "atomic", description: "The values of In and NotIn." })
  values?: string[];
}
