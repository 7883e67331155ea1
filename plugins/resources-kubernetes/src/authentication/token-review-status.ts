import { Field } from "@quarterdeck/sdk";
import { UserInfo } from "./user-info.js";

/** Whose the token is, if it is good. */
export class TokenReviewStatus {
  @Field({ proto: 1, description: "True when the token belongs to a known user." })
  authenticated?: boolean;

  @Field({ proto: 2, description: "The user of the token." })
  user?: UserInfo;

  @Field({
    proto: 4,
    items: { type: "string" },
    listType: "atomic",
    description: "Those of the asked audiences that the token is good for.",
  })
  audiences?: string[];

  @Field({ proto: 3, description: "Why the token could not be checked or is bad." })
  error?: string;
}
