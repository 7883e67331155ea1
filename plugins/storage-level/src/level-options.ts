import { Field } from "@quarterdeck/sdk";

/** The options of the LevelDB backend. */
export class LevelOptions {
  @Field({
    type: "string",
    minLength: 1,
    description:
      "The folder of the store, made with mode 0700 when it does not exist; `store` in the server's data folder without it.",
  })
  path?: string;

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

  @Field({
    type: "integer",
    minimum: 1048576,
    default: 8388608,
    description: "How many bytes of recently read blocks LevelDB keeps in memory.",
  })
  cacheBytes!: number;
}
