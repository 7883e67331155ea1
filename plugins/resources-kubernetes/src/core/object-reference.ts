import { Field } from "@quarterdeck/sdk";

/** Points at an object of any kind. */
export class ObjectReference {
  @Field({ proto: 1, description: "Kind of the object." })
  kind?: string;

  @Field({ proto: 2, description: "Namespace of the object; empty for cluster-scoped kinds." })
  namespace?: string;

  @Field({ proto: 3, description: "Name of the object." })
  name?: string;

  @Field({ proto: 4, description: "uid of the object." })
  uid?: string;

  @Field({ proto: 5, description: "Group and version of the kind." })
  apiVersion?: string;

  @Field({ proto: 6, description: "The state of the object that is meant." })
  resourceVersion?: string;

  @Field({ proto: 7, description: "The part of the object that is meant, such as spec.containers{web}." })
  fieldPath?: string;
}
