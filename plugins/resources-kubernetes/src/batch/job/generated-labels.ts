import type { FieldErrors, ObjectMeta } from "@quarterdeck/meta";
import { isSelector } from "../../checks/check-selector.js";
import { matchesLabels } from "../../checks/matches-labels.js";
import type * as batch from "../../types/batch-v1.js";

const PREFIX = "batch.kubernetes.io/";
const UID = "controller-uid";
const NAME = "job-name";

/** A job as far as its pods are told by it. */
interface Labelled {
  readonly metadata: ObjectMeta;
  readonly spec: batch.JobSpec;
}

/** Labels that jobs have from their templates. A copy, as of a job that just got its name, is its own. */
const TAKEN = new WeakSet<object>();

/**
 * Makes the labels of a new job's pods and the selector that chooses them, unless the client says that it did so itself.
 * What is there already stays, and is refused later when it is not what it must be. A job that has taken the labels of its
 * template shares the ones that are made, as upstream's defaults let both have the same map.
 */
export function generateLabels({ metadata, spec }: Labelled): void {
  if (spec.manualSelector === true) return;
  makeLabels(metadata, spec);
  if (metadata.labels !== undefined && TAKEN.has(metadata.labels))
    metadata.labels = { ...spec.template.metadata.labels };
}

function makeLabels({ name = "", uid = "" }: ObjectMeta, spec: batch.JobSpec): void {
  const made = { [NAME]: name, [PREFIX + NAME]: name, [UID]: uid, [PREFIX + UID]: uid };
  const template = spec.template.metadata;
  // in the order of the keys, as Go writes maps
  template.labels = Object.fromEntries(Object.entries({ ...made, ...template.labels }).sort());
  spec.selector ??= {};
  spec.selector.matchLabels = { [PREFIX + UID]: uid, ...spec.selector.matchLabels };
}

/** A job without labels has those of its template. */
export function takeLabels({ metadata, spec }: Labelled): void {
  const { labels } = spec.template.metadata;
  if (labels === undefined || Object.keys(metadata.labels ?? {}).length > 0) return;
  metadata.labels = { ...labels };
  TAKEN.add(metadata.labels);
}

function checkLabel(
  labels: { readonly [key: string]: string } | undefined,
  [key, value]: readonly [string, string],
  errors: FieldErrors,
): void {
  const path = `spec.template.metadata.labels[${key}]`;
  if (labels === undefined || !Object.hasOwn(labels, key)) errors.required(path, `must be '${value}'`);
  else if (labels[key] !== value) errors.invalid(path, labels, `must be '${value}'`);
}

/** Refuses labels and a selector that are not those that are made; upstream's `validateGeneratedSelector`. */
export function checkGeneratedLabels({ metadata, spec }: Labelled, errors: FieldErrors): void {
  if (spec.manualSelector === true || spec.selector === undefined) return;
  const { name = "", uid = "" } = metadata;
  if (uid === "") errors.required("metadata.uid");
  const labels: [string, string][] = [
    [UID, uid],
    [NAME, name],
    [PREFIX + UID, uid],
    [PREFIX + NAME, name],
  ];
  for (const label of labels) checkLabel(spec.template.metadata.labels, label, errors);
  if (isSelector(spec.selector) && !matchesLabels(spec.selector, Object.fromEntries(labels)))
    errors.invalid("spec.selector", spec.selector, "`selector` not auto-generated");
}
