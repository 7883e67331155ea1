import { ApiObject, Field, Resource } from "@quarterdeck/sdk";

class PodSpec {
  @Field() serviceAccountName?: string;
  @Field() nodeName?: string;
}

/** As much of a pod as tokens are bound to. */
@Resource({ group: "", version: "v1", kind: "Pod" })
export class Pod extends ApiObject<PodSpec> {
  @Field() override spec?: PodSpec;
}
