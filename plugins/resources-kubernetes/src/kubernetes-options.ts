import { Field } from "@quarterdeck/sdk";

/** The options of the native kinds. */
export class KubernetesOptions {
  @Field({
    type: "integer",
    minimum: 1,
    default: 3600,
    description: "Seconds that an Event is kept after its last write; upstream's --event-ttl.",
  })
  eventTtlSeconds!: number;
}
