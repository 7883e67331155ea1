// Written by facts/compact.js: the types of discovery/v1 as the server has them once it has read them.

import type * as core from "./core-v1.js";
import type * as meta from "./meta-v1.js";

export type AddressType = string;

export interface Endpoint {
  addresses: string[] | null;
  conditions: EndpointConditions;
  hostname?: string;
  targetRef?: core.ObjectReference;
  deprecatedTopology?: { [key: string]: string };
  nodeName?: string;
  zone?: string;
  hints?: EndpointHints;
}

export interface EndpointConditions {
  ready?: boolean;
  serving?: boolean;
  terminating?: boolean;
}

export interface EndpointHints {
  forZones?: ForZone[];
  forNodes?: ForNode[];
}

export interface EndpointPort {
  name?: string;
  protocol?: core.Protocol;
  port?: number;
  appProtocol?: string;
}

export interface EndpointSlice {
  metadata: meta.ObjectMeta;
  addressType: AddressType;
  endpoints: Endpoint[] | null;
  ports: EndpointPort[] | null;
}

export interface ForNode {
  name: string;
}

export interface ForZone {
  name: string;
}
