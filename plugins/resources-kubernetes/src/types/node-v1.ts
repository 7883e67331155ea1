// Written by facts/compact.js: the types of node/v1 as the server has them once it has read them.

import type * as core from "./core-v1.js";
import type * as meta from "./meta-v1.js";

export interface Overhead {
  podFixed?: core.ResourceList;
}

export interface RuntimeClass {
  metadata: meta.ObjectMeta;
  handler: string;
  overhead?: Overhead;
  scheduling?: Scheduling;
}

export interface Scheduling {
  nodeSelector?: { [key: string]: string };
  tolerations?: core.Toleration[];
}
