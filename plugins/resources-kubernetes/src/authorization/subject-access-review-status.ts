import { Field } from "@quarterdeck/sdk";

/** What the authorizers say. */
export class SubjectAccessReviewStatus {
  @Field({ proto: 1, required: true, description: "True when it is allowed." })
  allowed!: boolean;

  @Field({ proto: 4, description: "True when an authorizer says no, rather than nobody yes." })
  denied?: boolean;

  @Field({ proto: 2, description: "Why." })
  reason?: string;

  @Field({ proto: 3, description: "What went wrong on the way; the answer may still be right." })
  evaluationError?: string;
}
