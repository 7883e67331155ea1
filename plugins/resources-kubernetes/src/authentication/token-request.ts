import type { FieldErrors } from "@quarterdeck/meta";
import { Field, Message } from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { BoundObjectReference } from "./bound-object-reference.js";

const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;

/** What is asked of a token. */
export class TokenRequestSpec {
  @Field({
    proto: 1,
    items: { type: "string" },
    listType: "atomic",
    description: "Who shall accept the token; the server itself without it.",
  })
  audiences?: string[];

  @Field({
    proto: 4,
    type: "integer",
    format: "int64",
    default: 3600,
    description: "How long the token is valid; at least 600, and shorter than asked for if the server's limit is.",
  })
  expirationSeconds!: number;

  @Field({ proto: 3, description: "The object that the token lives and dies with." })
  boundObjectRef?: BoundObjectReference;
}

/** The token. */
export class TokenRequestStatus {
  @Field({ proto: 1, description: "The token." })
  token?: string;

  @Field({ proto: 2, type: "string", format: "date-time", description: "When it expires." })
  expirationTimestamp?: string;
}

/** The body of `POST …/serviceaccounts/<name>/token`. */
@Message(() => nativeMessage("authentication/v1.TokenRequest"))
export class TokenRequest {
  @Field({ proto: 2, default: {}, description: "What is asked for." })
  spec!: TokenRequestSpec;

  @Field({ proto: 3, description: "The answer; not looked at in a request." })
  status?: TokenRequestStatus;
}

/** Upstream's `ValidateTokenRequest`. */
export function checkTokenRequest({ spec }: TokenRequest, errors: FieldErrors): void {
  const { expirationSeconds } = spec;
  const invalid = (why: string): void => errors.invalid("spec.expirationSeconds", expirationSeconds, why);
  if (expirationSeconds < MIN_SECONDS) invalid("may not specify a duration less than 10 minutes");
  if (expirationSeconds > MAX_SECONDS) invalid("may not specify a duration larger than 2^32 seconds");
}
