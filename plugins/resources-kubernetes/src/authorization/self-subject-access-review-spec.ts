import { Field } from "@quarterdeck/sdk";
import { NonResourceAttributes } from "./non-resource-attributes.js";
import { ResourceAttributes } from "./resource-attributes.js";

/** A question about what would be allowed: to a resource or to a path, exactly one of the two. */
export class SelfSubjectAccessReviewSpec {
  @Field({ proto: 1, description: "What would be done to which objects." })
  resourceAttributes?: ResourceAttributes;

  @Field({ proto: 2, description: "What would be done to which path." })
  nonResourceAttributes?: NonResourceAttributes;
}
