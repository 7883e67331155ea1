import { Field } from "@quarterdeck/sdk";

/** Who reports an event. */
export class EventSource {
  @Field({ proto: 1, description: "The reporting component." })
  component?: string;

  @Field({ proto: 2, description: "The node it runs on." })
  host?: string;
}
