import { Field } from "@quarterdeck/sdk";
import { QUANTITY, type Quantities } from "./quantities.js";

/** How much a namespace has of what a quota limits. */
export class ResourceQuotaStatus {
  @Field({ proto: 1, additionalProperties: QUANTITY, description: "The limits that are in force." })
  hard?: Quantities;

  @Field({ proto: 2, additionalProperties: QUANTITY, description: "How much there is of each resource." })
  used?: Quantities;
}
