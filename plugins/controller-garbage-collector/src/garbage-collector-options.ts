import { Field } from "@quarterdeck/sdk";

/** The options of the plugin; the defaults are those of upstream's controller manager. */
export class GarbageCollectorOptions {
  @Field({
    type: "integer",
    minimum: 1,
    maximum: 1000,
    default: 20,
    description: "Objects that are looked at or changed at a time. Upstream's --concurrent-gc-syncs.",
  })
  workers!: number;

  @Field({
    items: { type: "string", minLength: 1 },
    default: ["events", "events.events.k8s.io"],
    description: "Resources that are left alone, as `configmaps` or `deployments.apps`.",
  })
  ignoredResources!: string[];

  @Field({
    type: "integer",
    minimum: 1,
    default: 500,
    description: "How many owners are remembered as absent, so that the store is not asked for them again.",
  })
  absentOwners!: number;
}
