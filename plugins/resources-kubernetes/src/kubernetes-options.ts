import { Field } from "@quarterdeck/sdk";
import { kindName } from "./kind-name.js";
import { KINDS } from "./kinds.js";

const NAMES = KINDS.map(kindName);
const GROUPS = [...new Set(NAMES.map(({ group }) => group))].sort();
const RESOURCES = [...new Set(NAMES.map(({ resource }) => resource))].sort();

/** The options of the native kinds. */
export class KubernetesOptions {
  @Field({
    items: { type: "string", enum: GROUPS },
    listType: "set",
    description: 'The groups that are served, the core group as "". Default: all, unless `resources` chooses.',
  })
  groups?: string[];

  @Field({
    items: { type: "string", enum: RESOURCES },
    listType: "set",
    description: "Single resources that are served, such as `pods` and `deployments.apps`, beside those of `groups`.",
  })
  resources?: string[];

  @Field({
    type: "integer",
    minimum: 1,
    default: 3600,
    description: "Seconds that an Event is kept after its last write; upstream's --event-ttl.",
  })
  eventTtlSeconds!: number;

  @Field({
    default: "10.96.0.0/16",
    minLength: 1,
    description:
      "The range that services get their IP addresses from, or one of each family with a comma, the preferred first; upstream's --service-cluster-ip-range.",
  })
  serviceClusterIPRange!: string;

  @Field({
    default: "30000-32767",
    minLength: 1,
    description: "The ports on the nodes that services get; upstream's --service-node-port-range.",
  })
  serviceNodePortRange!: string;
}
