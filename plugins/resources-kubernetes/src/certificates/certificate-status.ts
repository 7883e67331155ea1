import { Field } from "@quarterdeck/sdk";

/** What was decided about a request, or became of it. */
export class CertificateSigningRequestCondition {
  @Field({ proto: 1, required: true, description: "Approved, Denied or Failed; one condition of each type." })
  type!: string;

  @Field({ proto: 6, required: true, description: "True, False or Unknown; True alone for the three known types." })
  status!: string;

  @Field({ proto: 2, description: "The cause in one word." })
  reason?: string;

  @Field({ proto: 3, description: "The cause in a sentence." })
  message?: string;

  @Field({ proto: 4, type: "string", format: "date-time", description: "When the condition was last written." })
  lastUpdateTime?: string;

  @Field({ proto: 5, type: "string", format: "date-time", description: "When the status last changed." })
  lastTransitionTime?: string;
}

/** What became of a request. */
export class CertificateSigningRequestStatus {
  @Field({
    proto: 1,
    items: () => CertificateSigningRequestCondition,
    listType: "map",
    listMapKeys: ["type"],
    description: "Approved and Denied are written through /approval, Failed through /status; none is ever taken away.",
  })
  conditions?: CertificateSigningRequestCondition[];

  @Field({
    proto: 2,
    type: "string",
    format: "byte",
    description: "The issued certificate with its chain, PEM; written once, through /status.",
  })
  certificate?: string;
}
