import { Field } from "@quarterdeck/sdk";

/** What keeps a namespace until its content is gone. */
export class NamespaceSpec {
  @Field({
    proto: 1,
    items: { type: "string" },
    listType: "atomic",
    description: "What must be gone before a deleted namespace goes; `kubernetes` stands for its content.",
  })
  finalizers?: string[];
}
