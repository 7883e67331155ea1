// Written by facts/compact.js.

import { ADMISSIONREGISTRATION_V1 } from "./admissionregistration-v1.js";
import { ADMISSIONREGISTRATION_V1ALPHA1 } from "./admissionregistration-v1alpha1.js";
import { ADMISSIONREGISTRATION_V1BETA1 } from "./admissionregistration-v1beta1.js";
import { APIEXTENSIONS_V1 } from "./apiextensions-v1.js";
import { APIREGISTRATION_V1 } from "./apiregistration-v1.js";
import { APISERVERINTERNAL_V1ALPHA1 } from "./apiserverinternal-v1alpha1.js";
import { APPS_V1 } from "./apps-v1.js";
import { AUTHENTICATION_V1 } from "./authentication-v1.js";
import { AUTHORIZATION_V1 } from "./authorization-v1.js";
import { AUTOSCALING_V1 } from "./autoscaling-v1.js";
import { AUTOSCALING_V2 } from "./autoscaling-v2.js";
import { BATCH_V1 } from "./batch-v1.js";
import { CERTIFICATES_V1 } from "./certificates-v1.js";
import { CERTIFICATES_V1ALPHA1 } from "./certificates-v1alpha1.js";
import { CERTIFICATES_V1BETA1 } from "./certificates-v1beta1.js";
import { COORDINATION_V1 } from "./coordination-v1.js";
import { COORDINATION_V1ALPHA2 } from "./coordination-v1alpha2.js";
import { COORDINATION_V1BETA1 } from "./coordination-v1beta1.js";
import { CORE_V1 } from "./core-v1.js";
import { DISCOVERY_V1 } from "./discovery-v1.js";
import { EVENTS_V1 } from "./events-v1.js";
import { FLOWCONTROL_V1 } from "./flowcontrol-v1.js";
import { META_V1 } from "./meta-v1.js";
import { NETWORKING_V1 } from "./networking-v1.js";
import { NETWORKING_V1BETA1 } from "./networking-v1beta1.js";
import { NODE_V1 } from "./node-v1.js";
import { POLICY_V1 } from "./policy-v1.js";
import { RBAC_V1 } from "./rbac-v1.js";
import { RESOURCE_V1 } from "./resource-v1.js";
import { RESOURCE_V1ALPHA3 } from "./resource-v1alpha3.js";
import { RESOURCE_V1BETA1 } from "./resource-v1beta1.js";
import { RESOURCE_V1BETA2 } from "./resource-v1beta2.js";
import { SCHEDULING_V1 } from "./scheduling-v1.js";
import { SCHEDULING_V1ALPHA2 } from "./scheduling-v1alpha2.js";
import { STORAGE_V1 } from "./storage-v1.js";
import { STORAGE_V1BETA1 } from "./storage-v1beta1.js";
import { STORAGEMIGRATION_V1BETA1 } from "./storagemigration-v1beta1.js";

/** The table of each group and version, by the name that facts have for it. */
export const TABLES: ReadonlyMap<string, string> = new Map([
  ["admissionregistration/v1", ADMISSIONREGISTRATION_V1],
  ["admissionregistration/v1alpha1", ADMISSIONREGISTRATION_V1ALPHA1],
  ["admissionregistration/v1beta1", ADMISSIONREGISTRATION_V1BETA1],
  ["apiextensions/v1", APIEXTENSIONS_V1],
  ["apiregistration/v1", APIREGISTRATION_V1],
  ["apiserverinternal/v1alpha1", APISERVERINTERNAL_V1ALPHA1],
  ["apps/v1", APPS_V1],
  ["authentication/v1", AUTHENTICATION_V1],
  ["authorization/v1", AUTHORIZATION_V1],
  ["autoscaling/v1", AUTOSCALING_V1],
  ["autoscaling/v2", AUTOSCALING_V2],
  ["batch/v1", BATCH_V1],
  ["certificates/v1", CERTIFICATES_V1],
  ["certificates/v1alpha1", CERTIFICATES_V1ALPHA1],
  ["certificates/v1beta1", CERTIFICATES_V1BETA1],
  ["coordination/v1", COORDINATION_V1],
  ["coordination/v1alpha2", COORDINATION_V1ALPHA2],
  ["coordination/v1beta1", COORDINATION_V1BETA1],
  ["core/v1", CORE_V1],
  ["discovery/v1", DISCOVERY_V1],
  ["events/v1", EVENTS_V1],
  ["flowcontrol/v1", FLOWCONTROL_V1],
  ["meta/v1", META_V1],
  ["networking/v1", NETWORKING_V1],
  ["networking/v1beta1", NETWORKING_V1BETA1],
  ["node/v1", NODE_V1],
  ["policy/v1", POLICY_V1],
  ["rbac/v1", RBAC_V1],
  ["resource/v1", RESOURCE_V1],
  ["resource/v1alpha3", RESOURCE_V1ALPHA3],
  ["resource/v1beta1", RESOURCE_V1BETA1],
  ["resource/v1beta2", RESOURCE_V1BETA2],
  ["scheduling/v1", SCHEDULING_V1],
  ["scheduling/v1alpha2", SCHEDULING_V1ALPHA2],
  ["storage/v1", STORAGE_V1],
  ["storage/v1beta1", STORAGE_V1BETA1],
  ["storagemigration/v1beta1", STORAGEMIGRATION_V1BETA1],
]);
