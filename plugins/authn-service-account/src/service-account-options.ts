import { Field } from "@quarterdeck/sdk";

/** The options of the plugin. */
export class ServiceAccountOptions {
  @Field({
    default: "https://kubernetes.default.svc",
    minLength: 1,
    description: "Who the tokens say they are from; an https URL lets others find the public keys.",
  })
  issuer!: string;

  @Field({
    items: { type: "string" },
    default: [],
    description: "Other issuers whose tokens are accepted too, such as the former one.",
  })
  acceptedIssuers!: string[];

  @Field({
    items: { type: "string" },
    default: [],
    description: "The names by which this server is meant in a token; the issuer when the list is empty.",
  })
  audiences!: string[];

  @Field({
    minLength: 1,
    description:
      "The PEM file of the private key that signs; service-account.key in the data folder, made at the first start, without it.",
  })
  signingKeyFile?: string;

  @Field({
    items: { type: "string" },
    default: [],
    description: "PEM files of further keys, public or private, whose signatures are accepted, such as the former one.",
  })
  keyFiles!: string[];

  @Field({
    pattern: "^https://",
    description: "Where others find the public keys; /openid/v1/jwks at the issuer without it.",
  })
  jwksUri?: string;

  @Field({
    type: "integer",
    minimum: 3600,
    maximum: 4294967296,
    description: "The longest time for which a token is issued, in seconds; without it there is none.",
  })
  maxExpirationSeconds?: number;

  @Field({
    type: "boolean",
    default: true,
    description: "Tokens of pods that ask for 3607 seconds last for a year, for programs that never read theirs again.",
  })
  extendExpiration!: boolean;
}
