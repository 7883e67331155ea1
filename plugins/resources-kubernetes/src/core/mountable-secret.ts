import { Field } from "@quarterdeck/sdk";
import { ObjectReference } from "./object-reference.js";

/** A secret that pods of a service account may use. */
export class MountableSecret extends ObjectReference {
  // The key of the list, so it needs a value.
  @Field({ proto: 3, default: "", description: "Name of the secret." })
  override name?: string;
}
