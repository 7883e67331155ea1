import { APPS_V1 } from "./apps-v1.js";
import { AUTOSCALING_V1 } from "./autoscaling-v1.js";
import { AUTOSCALING_V2 } from "./autoscaling-v2.js";
import { BATCH_V1 } from "./batch-v1.js";
import { CERTIFICATES_V1 } from "./certificates-v1.js";
import { COORDINATION_V1 } from "./coordination-v1.js";
import { CORE_V1 } from "./core-v1.js";
import { DISCOVERY_V1 } from "./discovery-v1.js";
import { EVENTS_V1 } from "./events-v1.js";
import { META_V1 } from "./meta-v1.js";
import { NETWORKING_V1 } from "./networking-v1.js";
import { NODE_V1 } from "./node-v1.js";
import { POLICY_V1 } from "./policy-v1.js";
import { RBAC_V1 } from "./rbac-v1.js";
import { SCHEDULING_V1 } from "./scheduling-v1.js";
import { STORAGE_V1 } from "./storage-v1.js";
import type { TypeDescriptions } from "./type-descriptions.js";

const DESCRIPTIONS: ReadonlyMap<string, TypeDescriptions> = new Map([
  ["apps/v1", APPS_V1],
  ["autoscaling/v1", AUTOSCALING_V1],
  ["autoscaling/v2", AUTOSCALING_V2],
  ["batch/v1", BATCH_V1],
  ["certificates/v1", CERTIFICATES_V1],
  ["coordination/v1", COORDINATION_V1],
  ["core/v1", CORE_V1],
  ["discovery/v1", DISCOVERY_V1],
  ["events/v1", EVENTS_V1],
  ["meta/v1", META_V1],
  ["networking/v1", NETWORKING_V1],
  ["node/v1", NODE_V1],
  ["policy/v1", POLICY_V1],
  ["rbac/v1", RBAC_V1],
  ["scheduling/v1", SCHEDULING_V1],
  ["storage/v1", STORAGE_V1],
]);

/** What is said of the types of a place in the facts, such as `apps/v1`; undefined where nothing is said. */
export function descriptionsOf(place: string): TypeDescriptions | undefined {
  return DESCRIPTIONS.get(place);
}
