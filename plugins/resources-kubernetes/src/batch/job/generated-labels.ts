import type { FieldErrors, ObjectMeta } from "@quarterdeck/meta";
import { isSelector } from "../../checks/check-selector.js";
import { matchesLabels } from "../../checks/matches-labels.js";
import { sameJson } from "../../checks/same-json.js";
import type * as batch from "../../types/batch-v1.js";

const PREFIX = "batch.kubernetes.io/";
const UID = "controller-uid";
const NAME = "job-name";

/** A job as far as its pods are told by it. */
interface Labelled {
  readonly metadata: ObjectMeta;
  readonly spec: batch.JobSpec;
}

/** Whether a job took its labels from its template; what has got a name since is a copy. */
function sharesLabels({ labels, generateName }: ObjectMeta, template: ObjectMeta["labels"]): boolean {
  return labels !== undefined && (labels === template || (generateName !== undefined && sameJson(labels, template)));
}

/**
 * Makes the labels of a new job's pods and the selector that chooses them, unless the client says that it did so itself.
 * What is there already stays, and is refused later when it is not what it must be.
 */
export function generateLabels({ metadata, spec }: Labelled): void {
  if (spec.manualSelector === true) return;
  const template = spec.template.metadata;
  const { name = "", uid = "" } = metadata;
  const made = { [NAME]: name, [PREFIX + NAME]: name, [UID]: uid, [PREFIX + UID]: uid };
  // in the order of the keys, as Go writes maps
  const isShared = sharesLabels(metadata, template.labels);
  template.labels = Object.fromEntries(Object.entries({ ...made, ...template.labels }).sort());
  if (isShared) metadata.labels = template.labels;
  spec.selector ??= {};
  spec.selector.matchLabels = { [PREFIX + UID]: uid, ...spec.selector.matchLabels };
}

/** A job without labels has those of its template. They are shared, as by upstream's defaults, so that labels that are made are the job's too. */
export function takeLabels({ metadata, spec }: Labelled): void {
  const { labels } = spec.template.metadata;
  if (labels !== undefined && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = labels;
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
