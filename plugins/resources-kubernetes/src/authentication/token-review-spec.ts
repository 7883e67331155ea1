import { Field } from "@quarterdeck/sdk";

/** The token in question. */
export class TokenReviewSpec {
  @Field({ proto: 1, description: "The opaque bearer token." })
  token?: string;

  @Field({
    proto: 2,
    items: { type: "string" },
    listType: "atomic",
    description: "The audiences of which the token must be good for one; those of the server when it is empty.",
  })
  audiences?: string[];
}
