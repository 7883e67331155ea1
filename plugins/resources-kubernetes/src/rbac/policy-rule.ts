import { Field } from "@quarterdeck/sdk";

/** What is allowed: verbs on resources, or verbs on paths that are no resources. */
export class PolicyRule {
  @Field({
    proto: 1,
    required: true,
    items: { type: "string" },
    listType: "atomic",
    description: "What may be done; * stands for everything.",
  })
  verbs!: string[];

  @Field({
    proto: 2,
    items: { type: "string" },
    listType: "atomic",
    description: "API groups of the resources; the empty one is the core group, * stands for all.",
  })
  apiGroups?: string[];

  @Field({
    proto: 3,
    items: { type: "string" },
    listType: "atomic",
    description: "Resources, and subresources as in pods/log; * stands for all, */scale for the scale of all.",
  })
  resources?: string[];

  @Field({
    proto: 4,
    items: { type: "string" },
    listType: "atomic",
    description: "Names of the objects; all of them without it.",
  })
  resourceNames?: string[];

  @Field({
    proto: 5,
    items: { type: "string" },
    listType: "atomic",
    description: "Paths that are no resources; a * at the end stands for all below. Only in cluster roles.",
  })
  nonResourceURLs?: string[];
}

/** Fills in the lists that upstream always writes. */
export function defaultRules(rules: readonly PolicyRule[] | undefined): void {
  for (const rule of rules ?? []) rule.verbs ??= [];
}
