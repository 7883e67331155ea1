import type { FieldErrors } from "@quarterdeck/meta";
import { checkImmutable } from "../checks/check-immutable.js";
import type * as core from "../types/core-v1.js";
import type { Event } from "../types/events-v1.js";

type FixedEvent = Omit<Event, "metadata">;

/** As upstream prints it, which has other names for the fields inside, and prints those that are not there. */
function printed(reference: core.ObjectReference | undefined): object | undefined {
  if (reference === undefined) return undefined;
  const { kind = "", namespace = "", name = "", uid = "" } = reference;
  const { apiVersion = "", resourceVersion = "", fieldPath = "" } = reference;
  return {
    Kind: kind,
    Namespace: namespace,
    Name: name,
    UID: uid,
    APIVersion: apiVersion,
    ResourceVersion: resourceVersion,
    FieldPath: fieldPath,
  };
}

/** The fields that stay, as errors call them. */
function fixedOf(event: FixedEvent): readonly (readonly [string, unknown])[] {
  const { component = "", host = "" } = event.deprecatedSource;
  return [
    ["involvedObject", printed(event.regarding)],
    ["reason", event.reason ?? ""],
    ["message", event.note ?? ""],
    ["source", { Component: component, Host: host }],
    ["firstTimestamp", event.deprecatedFirstTimestamp],
    ["lastTimestamp", event.deprecatedLastTimestamp],
    ["count", event.deprecatedCount ?? 0],
    ["type", event.type ?? ""],
    ["eventTime", event.eventTime],
    ["action", event.action ?? ""],
    ["related", printed(event.related)],
    ["reportingController", event.reportingController ?? ""],
    ["reportingInstance", event.reportingInstance ?? ""],
  ];
}

/** Refuses changes of what no update of an event changes; the rest of upstream's `ValidateEventUpdate`. */
export function checkFixed(event: FixedEvent, old: FixedEvent, errors: FieldErrors): void {
  const before = new Map(fixedOf(old));
  for (const [path, value] of fixedOf(event)) checkImmutable(value, before.get(path), path, errors);
}
