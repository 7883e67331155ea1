import { Field } from "@quarterdeck/sdk";
import { SelectorAttributes } from "./selector-attributes.js";

/** What would be done to which objects. */
export class ResourceAttributes {
  @Field({ proto: 1, description: "Empty for cluster-scoped resources and for all namespaces." })
  namespace?: string;

  @Field({ proto: 2, description: "get, list, watch, create, update, patch, delete, and others; * for all." })
  verb?: string;

  @Field({ proto: 3, description: "The API group; * for all." })
  group?: string;

  @Field({ proto: 4, description: "The API version; * for all." })
  version?: string;

  @Field({ proto: 5, description: "The plural of the resource; * for all." })
  resource?: string;

  @Field({ proto: 6, description: "The subresource, if one is meant." })
  subresource?: string;

  @Field({ proto: 7, description: "The name of one object; empty for all." })
  name?: string;

  @Field({ proto: 8, description: "Limits the question to objects whose fields are so." })
  fieldSelector?: SelectorAttributes;

  @Field({ proto: 9, description: "Limits the question to objects whose labels are so." })
  labelSelector?: SelectorAttributes;
}
