import { Field } from "@quarterdeck/sdk";

/** The object that a token lives and dies with. */
export class BoundObjectReference {
  @Field({ proto: 1, description: "Pod, Secret or Node." })
  kind?: string;

  @Field({ proto: 2, description: "Group and version of the kind; v1." })
  apiVersion?: string;

  @Field({ proto: 3, description: "Name of the object." })
  name?: string;

  @Field({ proto: 4, description: "uid of the object; checked when it is given." })
  uid?: string;
}
