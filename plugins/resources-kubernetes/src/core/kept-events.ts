import { type Constructor, Resource, resourceRecord } from "@quarterdeck/sdk";
import { KubernetesOptions } from "../kubernetes-options.js";
import { Event } from "./event.js";

/** Events that are kept as long as the options say. */
export function keptEvents(options: object): Constructor {
  const record = resourceRecord(Event);
  if (record === undefined || !(options instanceof KubernetesOptions)) return Event;
  const { eventTtlSeconds: ttlSeconds } = options;
  if (ttlSeconds === record.ttlSeconds) return Event;
  class KeptEvent extends Event {}
  Resource({ ...record, ttlSeconds, description: "A report of something that happened to an object." })(KeptEvent);
  return KeptEvent;
}
