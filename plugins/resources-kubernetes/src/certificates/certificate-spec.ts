import { Field } from "@quarterdeck/sdk";

/** What is asked for, and by whom. */
export class CertificateSigningRequestSpec {
  @Field({ proto: 1, required: true, type: "string", format: "byte", description: "A PKCS#10 request in PEM." })
  request!: string;

  @Field({ proto: 7, required: true, description: "Who is to sign: a domain and a path, such as example.com/signer." })
  signerName!: string;

  @Field({
    proto: 8,
    type: "integer",
    format: "int32",
    description: "For how many seconds the certificate is wanted, at least 600; the signer may choose less.",
  })
  expirationSeconds?: number;

  @Field({
    proto: 5,
    items: { type: "string" },
    listType: "atomic",
    description: "What the key may be used for, such as `digital signature` and `client auth`.",
  })
  usages?: string[];

  @Field({ proto: 2, description: "Who asked; the server says it." })
  username?: string;

  @Field({ proto: 3, description: "The uid of who asked; the server says it." })
  uid?: string;

  @Field({
    proto: 4,
    items: { type: "string" },
    listType: "atomic",
    description: "The groups of who asked; the server says it.",
  })
  groups?: string[];

  @Field({
    proto: 6,
    additionalProperties: { type: "array", items: { type: "string" } },
    description: "What else is known of who asked; the server says it.",
  })
  extra?: { [key: string]: string[] };
}
