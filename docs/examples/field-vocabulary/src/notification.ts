import { Field } from "@quarterdeck/sdk";

/** Who is told. */
export class Notification {
  @Field({ format: "email" })
  email?: string;

  @Field({ maxLength: 80 })
  channel?: string;

  @Field({ items: { type: "string", enum: ["started", "failed", "done"] }, listType: "set", default: ["failed"] })
  events!: string[];
}
