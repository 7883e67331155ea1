import { Field } from "@quarterdeck/sdk";

/** A repeated event that goes on. */
export class EventSeries {
  @Field({ proto: 1, type: "integer", format: "int32", description: "How often it has been seen." })
  count?: number;

  @Field({ proto: 2, type: "string", format: "date-time", description: "When it was last seen." })
  lastObservedTime?: string;
}
