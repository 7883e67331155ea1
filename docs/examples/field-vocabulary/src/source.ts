import { Field } from "@quarterdeck/sdk";

/** Where a source is: its fields have protobuf numbers, which custom formats can use. */
export class Source {
  @Field({ required: true, format: "uri", proto: 1, description: "Where it is fetched from." })
  url!: string;

  @Field({
    default: "main",
    minLength: 1,
    maxLength: 255,
    proto: 2,
    not: { pattern: "\\.\\." },
    description: "A branch, a tag or a commit; no range.",
  })
  revision!: string;
}
