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

/**
 * Makes the labels of a new job's pods and the selector that chooses them, unless the client says that it did so itself.
 * What is there already stays, and is refused later when it is not what it must be. A job without labels shares those of its
 * template, the ones that are made too, unless it has just got its name, as upstream's comes out of defaults and copies.
 */
export function generateLabels(job: Labelled): void {
  const { metadata, spec } = job;
  const template = spec.template.metadata;
  const isBare = template.labels !== undefined && !hasLabels(metadata);
  if (isBare && metadata.generateName !== undefined) metadata.labels = { ...template.labels };
  if (spec.manualSelector !== true) makeLabels(metadata, spec);
  if (isBare) takeLabels(job);
}

function makeLabels({ name = "", uid = "" }: ObjectMeta, spec: batch.JobSpec): void {
  const made = { [NAME]: name, [PREFIX + NAME]: name, [UID]: uid, [PREFIX + UID]: uid };
  const template = spec.template.metadata;
  // in the order of the keys, as Go writes maps
  template.labels = Object.fromEntries(Object.entries({ ...made, ...template.labels }).sort());
  spec.selector ??= {};
  spec.selector.matchLabels = { [PREFIX + UID]: uid, ...spec.selector.matchLabels };
}

function hasLabels({ labels = {} }: ObjectMeta): boolean {
  return Object.keys(labels).length > 0;
}

/** A job without labels has those of its template. */
export function takeLabels({ metadata, spec }: Labelled): void {
  const { labels } = spec.template.metadata;
  if (labels !== undefined && !hasLabels(metadata)) metadata.labels = { ...labels };
}

/** The same of a job that is read, unless its labels are made later, which it is to share then. */
export function takeStandingLabels(job: Labelled): void {
  const { labels = {} } = job.spec.template.metadata;
  if (job.spec.manualSelector === true || Object.hasOwn(labels, PREFIX + UID)) takeLabels(job);
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
