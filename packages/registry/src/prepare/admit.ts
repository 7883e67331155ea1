import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { AdmissionAttributes, AdmissionOperation } from "@quarterdeck/sdk";
import { DecodeError } from "../decode/decode-error.js";
import { readObject } from "../decode/read-object.js";
import { sameValue } from "../json/same-value.js";
import { restoreManagedFields } from "../managed-fields/restore-managed-fields.js";
import type { RegistryResource, WriteRequest } from "../registry-resource.js";
import { dedupOwnerReferences } from "./owner-references.js";

/** What is under review, beside the request. */
export interface Review {
  readonly operation: AdmissionOperation;
  readonly subresource: string;
  readonly name: string;
  readonly object: KubeObject | undefined;
  readonly oldObject: KubeObject | undefined;
  /** The kind of the body when it is not the resource's: `autoscaling/v1 Scale`, the input of a subresource. */
  readonly kind?: { readonly group: string; readonly version: string; readonly kind: string };
}

/** The attributes that admission plugins see. */
export function attributesOf(resource: RegistryResource, request: WriteRequest, review: Review): AdmissionAttributes {
  const { group, version, kind } = request.version;
  return {
    operation: review.operation,
    kind: review.kind ?? { group, version, kind },
    resource: { group, version, resource: resource.descriptor.resource },
    subresource: review.subresource,
    namespace: request.namespace,
    name: review.name,
    object: review.object,
    oldObject: review.oldObject,
    dryRun: request.dryRun,
    user: request.user,
    staged: request.staged,
    warn: (text) => request.warn(text),
    annotate: (key, value) => request.annotate(key, value),
  };
}

/**
 * Runs the mutating plugins. What they leave is brought to the form of its kind again (defaults, unknown fields,
 * order), as upstream does after webhooks; a plugin that leaves nonsense is the server's fault, 500.
 */
export async function admitMutation(
  resource: RegistryResource,
  request: WriteRequest,
  review: Review & { readonly object: KubeObject },
): Promise<KubeObject> {
  if (!resource.admission.mutates(review.operation)) return review.object;
  const { metadata } = review.object;
  const { managedFields } = metadata;
  // They are shared with the store; plugins get entries of their own.
  if (managedFields !== undefined) metadata.managedFields = managedFields.map((entry) => ({ ...entry }));
  const pending = resource.admission.mutate(attributesOf(resource, request, review));
  if (pending !== undefined) await pending;
  try {
    const object = readObject(resource.descriptor, request.version, review.object, []);
    keepLabels(object.metadata, review.object.metadata);
    restoreManagedFields(request, object, managedFields);
    dedupOwnerReferences(request, object, true);
    return object;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw StatusError.internal(new Error(`mutating admission left a malformed object: ${error.message}`));
  }
}

/** Labels that no plugin changed are still the ones that they were, by which a class may know where it had them from. */
function keepLabels(metadata: ObjectMeta, { labels }: ObjectMeta): void {
  if (labels !== undefined && sameValue(metadata.labels, labels)) metadata.labels = labels;
}

/** Runs the validating plugins. */
export async function admitValidation(
  resource: RegistryResource,
  request: WriteRequest,
  review: Review,
): Promise<void> {
  const pending = resource.admission.validate(attributesOf(resource, request, review));
  if (pending !== undefined) await pending;
}
