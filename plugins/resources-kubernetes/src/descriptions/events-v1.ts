import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What the types of events.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const EVENTS_V1: TypeDescriptions = {
  Event: {
    "": "Event is a report of something that happened to an object; it is kept for an hour.",
    metadata: METADATA,
    eventTime: "When it was first seen, to the microsecond.",
    series: "Set while it repeats.",
    reportingController: "The controller that reports it, as domain/name.",
    reportingInstance: "The instance of that controller.",
    action: "What was done or failed.",
    reason: "The cause in one CamelCase word.",
    regarding: "What it happened to.",
    related: "A second object that has to do with it.",
    note: "The cause in a sentence.",
    type: "Normal or Warning.",
    deprecatedSource: "The `source` of core/v1.",
    deprecatedFirstTimestamp: "The `firstTimestamp` of core/v1.",
    deprecatedLastTimestamp: "The `lastTimestamp` of core/v1.",
    deprecatedCount: "The `count` of core/v1.",
  },
  EventSeries: {
    "": "EventSeries is an event that repeats.",
    count: "How often it has been seen.",
    lastObservedTime: "When it was last seen.",
  },
};
