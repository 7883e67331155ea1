import { Field } from "@quarterdeck/sdk";

/** What would be done to a path that is no resource. */
export class NonResourceAttributes {
  @Field({ proto: 1, description: "The path of the URL." })
  path?: string;

  @Field({ proto: 2, description: "The HTTP method in lower case." })
  verb?: string;
}
