import { Field } from "@quarterdeck/sdk";

/** The body of `POST …/rollouts/<name>/restart`. */
export class RestartRequest {
  @Field({ maxLength: 200, description: "Why; kept as an annotation." })
  reason?: string;
}
