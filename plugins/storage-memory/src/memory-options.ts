import { Field } from "@quarterdeck/sdk";

/** The options of the memory backend. */
export class MemoryOptions {
  @Field({
    type: "integer",
    minimum: 0,
    maximum: 2000000,
    default: 300,
    description: "History is forgotten when it is between one and two such intervals old; 0 keeps all of it.",
  })
  compactionSeconds!: number;

  @Field({ type: "integer", minimum: 1, default: 1572864, description: "The largest value of one key, in bytes." })
  maxValueBytes!: number;
}
