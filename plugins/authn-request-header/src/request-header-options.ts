import { Field } from "@quarterdeck/sdk";

/** The options of the plugin; names of headers may be written in any case. */
export class RequestHeaderOptions {
  @Field({
    items: { type: "string", minLength: 1 },
    default: [],
    description: "Common names that a front proxy's certificate may have; all that its authority signed when empty.",
  })
  allowedNames!: string[];

  @Field({
    items: { type: "string", minLength: 1 },
    minItems: 1,
    default: ["X-Remote-User"],
    description: "Headers with the user's name; the first that has a value counts.",
  })
  usernameHeaders!: string[];

  @Field({
    items: { type: "string", minLength: 1 },
    default: ["X-Remote-Uid"],
    description: "Headers with the user's uid; the first that has a value counts.",
  })
  uidHeaders!: string[];

  @Field({
    items: { type: "string", minLength: 1 },
    default: ["X-Remote-Group"],
    description: "Headers with the user's groups; all values of all of them count.",
  })
  groupHeaders!: string[];

  @Field({
    items: { type: "string", minLength: 1 },
    default: ["X-Remote-Extra-"],
    description: "How the headers begin that carry extra; the rest of the name is the key, percent-encoded.",
  })
  extraHeaderPrefixes!: string[];
}
