import { Field } from "@quarterdeck/sdk";
import { SelfSubjectAccessReviewSpec } from "./self-subject-access-review-spec.js";

/** The same question about somebody. */
export class SubjectAccessReviewSpec extends SelfSubjectAccessReviewSpec {
  @Field({ proto: 3, description: "The user in question." })
  user?: string;

  @Field({ proto: 4, items: { type: "string" }, listType: "atomic", description: "The groups in question." })
  groups?: string[];

  @Field({
    proto: 5,
    additionalProperties: { type: "array", items: { type: "string" } },
    description: "What the authenticator would know besides.",
  })
  extra?: { [key: string]: string[] };

  @Field({ proto: 6, description: "The uid of the user." })
  uid?: string;
}
