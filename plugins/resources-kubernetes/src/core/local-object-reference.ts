import { Field } from "@quarterdeck/sdk";

/** Names an object of the same namespace. */
export class LocalObjectReference {
  @Field({ proto: 1, default: "", description: "Name of the object." })
  name?: string;
}
