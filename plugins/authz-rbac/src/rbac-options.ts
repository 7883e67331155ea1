import { Field } from "@quarterdeck/sdk";

/** The options of the plugin. */
export class RbacOptions {
  @Field({
    type: "boolean",
    default: true,
    description: "Makes upstream's default roles and bindings at the start, and adds to them what they lack",
  })
  bootstrapPolicy!: boolean;
}
