import { Field } from "@quarterdeck/sdk";
import { QUANTITY, type Quantities } from "./quantities.js";

/** One condition on the objects that a quota counts. */
export class ScopedResourceSelectorRequirement {
  @Field({ proto: 1, required: true, description: "Scope that is meant, such as PriorityClass." })
  scopeName!: string;

  @Field({ proto: 2, required: true, description: "In, NotIn, Exists or DoesNotExist." })
  operator!: string;

  @Field({ proto: 3, items: { type: "string" }, listType: "atomic", description: "Values for In and NotIn." })
  values?: string[];
}

/** Which objects a quota counts: those that meet all conditions. */
export class ScopeSelector {
  @Field({
    proto: 1,
    items: () => ScopedResourceSelectorRequirement,
    listType: "atomic",
    description: "Conditions of which all must be met.",
  })
  matchExpressions?: ScopedResourceSelectorRequirement[];
}

/** How much a namespace may have. */
export class ResourceQuotaSpec {
  @Field({ proto: 1, additionalProperties: QUANTITY, description: "The most that there may be of each resource." })
  hard?: Quantities;

  @Field({
    proto: 2,
    items: { type: "string" },
    listType: "atomic",
    description:
      "Scopes that the objects must be in which are counted; all objects without one. They cannot be changed.",
  })
  scopes?: string[];

  @Field({ proto: 3, mapType: "atomic", description: "The same with values: scopes as conditions." })
  scopeSelector?: ScopeSelector;
}
