import type { FieldSelector } from "@quarterdeck/meta";
import { dns1123LabelErrors, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { ObjectPredicate, ObjectSelector, StoredObject } from "@quarterdeck/storage";
import type { ReadRequest } from "../registry-resource.js";
import type { ReadQuery } from "./read-query.js";
import { selectorConditions } from "./selector-conditions.js";

const NAME = "metadata.name";
const NAMESPACE = "metadata.namespace";

/** Which part of a resource a read is about, as the store takes it. */
export interface Selection {
  readonly namespace: string;
  readonly name: string | undefined;
  readonly predicate: ObjectPredicate | undefined;
  /** What an index can answer of the predicate. */
  readonly selector: ObjectSelector | undefined;
}

/** 400 BadRequest for a field that objects of this version cannot be selected by. */
function checkFields(descriptor: ResourceDescriptor, version: VersionDescriptor, selector: FieldSelector): void {
  for (const { field } of selector.requirements) {
    if (field === NAME || version.selectableFields.has(field)) continue;
    const custom = descriptor.flavour === "custom" || version.selectableFields.size > 0;
    if (field === NAMESPACE && (descriptor.namespaced || !custom)) continue;
    throw StatusError.badRequest(
      custom
        ? `field label not supported: ${field}`
        : `${JSON.stringify(field)} is not a known field selector: only "${NAME}", "${NAMESPACE}"`,
    );
  }
}

function fieldPredicate(version: VersionDescriptor, selector: FieldSelector): ObjectPredicate {
  return (stored: StoredObject) =>
    selector.matches((field) => {
      if (field === NAME) return stored.name;
      if (field === NAMESPACE) return stored.namespace;
      return version.selectableFields.get(field)?.(version.fromStorage(stored.object)) ?? "";
    });
}

/** A name in the path of a legacy watch counts as a field selector, and the two must agree. */
function selectedName(request: ReadRequest, selector: FieldSelector | undefined): string | undefined {
  const fixed = selector?.exact(NAME);
  if (request.name === "") return fixed;
  if (selector !== undefined && selector.requirements.length > 0 && fixed !== request.name) {
    throw StatusError.badRequest("fieldSelector metadata.name doesn't match requested name");
  }
  return request.name;
}

/** A namespace that no object can be in narrows nothing: the predicate refuses all. */
function selectedNamespace(
  descriptor: ResourceDescriptor,
  request: ReadRequest,
  selector: FieldSelector | undefined,
): string {
  if (!descriptor.namespaced) return "";
  const fixed = request.namespace === "" ? selector?.exact(NAMESPACE) : undefined;
  return fixed !== undefined && dns1123LabelErrors(fixed).length === 0 ? fixed : request.namespace;
}

/**
 * Turns the selectors of a read into what the store chooses by. A field selector that fixes the name or the namespace
 * narrows the read itself; all other conditions become the predicate, which is undefined when there is none.
 */
export function selectObjects(descriptor: ResourceDescriptor, request: ReadRequest, query: ReadQuery): Selection {
  const { labelSelector, fieldSelector } = query;
  if (fieldSelector !== undefined) checkFields(descriptor, request.version, fieldSelector);
  const byLabels = labelSelector === undefined || labelSelector.requirements.length === 0 ? undefined : labelSelector;
  const byFields =
    fieldSelector === undefined || fieldSelector.requirements.length === 0
      ? undefined
      : fieldPredicate(request.version, fieldSelector);
  const namespace = selectedNamespace(descriptor, request, fieldSelector);
  const name = selectedName(request, fieldSelector);
  return {
    namespace,
    name,
    selector: selectorConditions(request.version, query, { namespace, name }),
    predicate:
      byLabels === undefined ? byFields : (stored) => byLabels.matches(stored.labels) && (byFields?.(stored) ?? true),
  };
}
