import { Field } from "@quarterdeck/sdk";
import { NamespaceSpec } from "./namespace-spec.js";
import { NamespaceStatus } from "./namespace-status.js";

/** The body of `PUT …/finalize`: clients send a whole Namespace, of which only the finalizers are taken. */
export class NamespaceFinalization {
  @Field({ proto: 2, description: "What keeps the namespace from now on." })
  spec?: NamespaceSpec;

  @Field({ proto: 3, description: "Not looked at." })
  status?: NamespaceStatus;
}
