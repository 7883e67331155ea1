import { Field } from "@quarterdeck/sdk";
import { SelectorRequirement } from "./selector-requirement.js";

/** A field or label selector as text or as requirements; one of the two. */
export class SelectorAttributes {
  @Field({ proto: 1, description: "The selector as a query has it." })
  rawSelector?: string;

  @Field({
    proto: 2,
    items: () => SelectorRequirement,
    listType: "atomic",
    description: "The parsed selector; all of them must hold.",
  })
  requirements?: SelectorRequirement[];
}
