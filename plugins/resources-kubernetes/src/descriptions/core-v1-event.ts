import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What events are, and their fields, for `kubectl explain`. */
export const CORE_V1_EVENT: TypeDescriptions = {
  Event: {
    "": "Event is a report of something that happened to an object; it is kept for an hour.",
    metadata: METADATA,
    involvedObject: "What it happened to.",
    reason: "The cause in one CamelCase word.",
    message: "The cause in a sentence.",
    source: "Who reports it.",
    firstTimestamp: "When it was first seen.",
    lastTimestamp: "When it was last seen.",
    count: "How often it has been seen.",
    type: "Normal or Warning.",
    eventTime: "When it was first seen, to the microsecond.",
    series: "Set while it repeats.",
    action: "What was done or failed.",
    related: "A second object that has to do with it.",
    reportingComponent: "The controller that reports it.",
    reportingInstance: "The instance of that controller.",
  },
  EventSource: {
    "": "EventSource is who reports an event.",
    component: "The reporting component.",
    host: "The node it runs on.",
  },
  EventSeries: {
    "": "EventSeries is an event that repeats.",
    count: "How often it has been seen.",
    lastObservedTime: "When it was last seen.",
  },
};
