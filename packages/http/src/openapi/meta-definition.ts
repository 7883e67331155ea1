import type { GroupVersion, JsonObject } from "@quarterdeck/meta";
import type { MetaDefinition, MetaReferences } from "./meta-references.js";
import { fieldsV1, listMeta, managedFieldsEntry, objectMeta, ownerReference } from "./object-meta-definition.js";
import { deleteOptions, patch, preconditions, rawExtension, watchEvent } from "./request-definition.js";
import { apiResource, apiResourceList, scale, scaleSpec, scaleStatus } from "./resource-list-definition.js";
import { intOrString, microTime, quantity, time } from "./scalar-definition.js";
import { status, statusCause, statusDetails } from "./status-definition.js";

/** How one definition is called and made. */
interface MetaDefinitionEntry {
  readonly fullName: string;
  /** `definitions.meta` adds what the definition refers to; `groupVersions` are those the document covers. */
  readonly make: (definitions: MetaReferences, groupVersions: readonly GroupVersion[]) => JsonObject;
}

const META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

/** The kinds and parts of kinds that every group shares, under the names that upstream's documents give them. */
export const META_DEFINITIONS: { readonly [name in MetaDefinition]: MetaDefinitionEntry } = {
  APIResource: { fullName: `${META}APIResource`, make: apiResource },
  APIResourceList: { fullName: `${META}APIResourceList`, make: apiResourceList },
  DeleteOptions: { fullName: `${META}DeleteOptions`, make: deleteOptions },
  FieldsV1: { fullName: `${META}FieldsV1`, make: fieldsV1 },
  ListMeta: { fullName: `${META}ListMeta`, make: listMeta },
  IntOrString: { fullName: "io.k8s.apimachinery.pkg.util.intstr.IntOrString", make: intOrString },
  ManagedFieldsEntry: { fullName: `${META}ManagedFieldsEntry`, make: managedFieldsEntry },
  MicroTime: { fullName: `${META}MicroTime`, make: microTime },
  ObjectMeta: { fullName: `${META}ObjectMeta`, make: objectMeta },
  OwnerReference: { fullName: `${META}OwnerReference`, make: ownerReference },
  Patch: { fullName: `${META}Patch`, make: patch },
  Preconditions: { fullName: `${META}Preconditions`, make: preconditions },
  Quantity: { fullName: "io.k8s.apimachinery.pkg.api.resource.Quantity", make: quantity },
  RawExtension: { fullName: "io.k8s.apimachinery.pkg.runtime.RawExtension", make: rawExtension },
  Scale: { fullName: "io.k8s.api.autoscaling.v1.Scale", make: scale },
  ScaleSpec: { fullName: "io.k8s.api.autoscaling.v1.ScaleSpec", make: scaleSpec },
  ScaleStatus: { fullName: "io.k8s.api.autoscaling.v1.ScaleStatus", make: scaleStatus },
  Status: { fullName: `${META}Status`, make: status },
  StatusCause: { fullName: `${META}StatusCause`, make: statusCause },
  StatusDetails: { fullName: `${META}StatusDetails`, make: statusDetails },
  Time: { fullName: `${META}Time`, make: time },
  WatchEvent: { fullName: `${META}WatchEvent`, make: watchEvent },
};

const BY_FULL_NAME = new Map<string, MetaDefinition>();
for (const name of Object.keys(META_DEFINITIONS)) {
  if (isMetaDefinition(name)) BY_FULL_NAME.set(META_DEFINITIONS[name].fullName, name);
}

function isMetaDefinition(name: string): name is MetaDefinition {
  return Object.hasOwn(META_DEFINITIONS, name);
}

/** Which of them has a full name; undefined when none has. */
export function metaDefinition(fullName: string): MetaDefinition | undefined {
  return BY_FULL_NAME.get(fullName);
}
