// Written by facts/compact.js: the types of apiregistration/v1 as the server has them once it has read them.

import type * as meta from "./meta-v1.js";

export interface APIService {
  metadata: meta.ObjectMeta;
  spec: APIServiceSpec;
  status: APIServiceStatus;
}

export interface APIServiceCondition {
  type: APIServiceConditionType;
  status: ConditionStatus;
  lastTransitionTime: string | null;
  reason?: string;
  message?: string;
}

export type APIServiceConditionType = string;

export interface APIServiceSpec {
  service?: ServiceReference;
  group?: string;
  version?: string;
  insecureSkipTLSVerify?: boolean;
  caBundle?: string;
  groupPriorityMinimum: number;
  versionPriority: number;
}

export interface APIServiceStatus {
  conditions?: APIServiceCondition[];
}

export type ConditionStatus = string;

export interface ServiceReference {
  namespace?: string;
  name?: string;
  port?: number;
}
