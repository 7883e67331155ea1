import { Field } from "@quarterdeck/sdk";
import { UserInfo } from "./user-info.js";

/** Who the caller is to the server. */
export class SelfSubjectReviewStatus {
  @Field({ proto: 1, description: "The user of the request, after impersonation." })
  userInfo?: UserInfo;
}
