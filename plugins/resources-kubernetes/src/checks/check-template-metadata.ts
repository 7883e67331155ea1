import type { FieldErrors } from "@quarterdeck/meta";
import type { ObjectMeta } from "../types/meta-v1.js";
import { checkAnnotations, checkLabels } from "./check-labels.js";

/** In the order and with the names that upstream tells of them. */
const REFUSED: readonly (readonly [field: keyof ObjectMeta, name: string])[] = [
  ["name", "name"],
  ["generateName", "generateName"],
  ["namespace", "namespace"],
  ["selfLink", "selfLink"],
  ["uid", "uID"],
  ["resourceVersion", "resourceVersion"],
  ["generation", "generation"],
  ["creationTimestamp", "creationTimestamp"],
  ["deletionTimestamp", "deletionTimestamp"],
  ["deletionGracePeriodSeconds", "deletionGracePeriodSeconds"],
  ["ownerReferences", "ownerReferences"],
  ["finalizers", "finalizers"],
  ["managedFields", "managedFields"],
];

/** The metadata of an object that another will make, which may have labels and annotations alone; upstream's `ValidateTemplateObjectMeta`. */
export function checkTemplateMetadata(metadata: ObjectMeta, path: string, errors: FieldErrors): void {
  checkAnnotations(metadata.annotations, `${path}.annotations`, errors);
  checkLabels(metadata.labels, `${path}.labels`, errors);
  for (const [field, name] of REFUSED)
    if (metadata[field] !== undefined && metadata[field] !== null) errors.forbidden(`${path}.${name}`, "cannot be set");
}
