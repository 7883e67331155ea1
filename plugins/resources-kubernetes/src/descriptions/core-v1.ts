import { CORE_V1_CONFIG } from "./core-v1-config.js";
import { CORE_V1_CONTAINER } from "./core-v1-container.js";
import { CORE_V1_CONTAINER_STATUS } from "./core-v1-container-status.js";
import { CORE_V1_EVENT } from "./core-v1-event.js";
import { CORE_V1_LIMITS } from "./core-v1-limits.js";
import { CORE_V1_NODE } from "./core-v1-node.js";
import { CORE_V1_POD } from "./core-v1-pod.js";
import { CORE_V1_REFERENCE } from "./core-v1-reference.js";
import { CORE_V1_REPLICATION_CONTROLLER } from "./core-v1-replication-controller.js";
import { CORE_V1_SCHEDULING } from "./core-v1-scheduling.js";
import { CORE_V1_SERVICE } from "./core-v1-service.js";
import { CORE_V1_STORAGE } from "./core-v1-storage.js";
import { CORE_V1_VOLUME } from "./core-v1-volume.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of core/v1 and their fields are, for `kubectl explain`. */
export const CORE_V1: TypeDescriptions = {
  ...CORE_V1_CONFIG,
  ...CORE_V1_CONTAINER,
  ...CORE_V1_CONTAINER_STATUS,
  ...CORE_V1_EVENT,
  ...CORE_V1_LIMITS,
  ...CORE_V1_NODE,
  ...CORE_V1_POD,
  ...CORE_V1_REFERENCE,
  ...CORE_V1_REPLICATION_CONTROLLER,
  ...CORE_V1_SCHEDULING,
  ...CORE_V1_SERVICE,
  ...CORE_V1_STORAGE,
  ...CORE_V1_VOLUME,
};
