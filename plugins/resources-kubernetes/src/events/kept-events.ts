import { type Constructor, Resource, resourceRecord, Structured, structureRecord } from "@quarterdeck/sdk";
import { CoreEvent } from "./core-event.js";
import { Event } from "./event.js";

/** Gives a class what another one was declared with, and another lifetime. */
function keep(kept: typeof CoreEvent | typeof Event, owner: Constructor, ttlSeconds: number): Constructor {
  const record = resourceRecord(owner);
  const structure = structureRecord(owner);
  if (record === undefined || structure === undefined) throw new TypeError(`${owner.name} is no native kind`);
  Resource({ ...record, ttlSeconds })(kept);
  Structured(structure.make)(kept);
  return kept;
}

/** Events that are kept for so many seconds; any other class stays as it is. */
export function keptEvents(owner: Constructor, ttlSeconds: number): Constructor {
  if (ttlSeconds === resourceRecord(owner)?.ttlSeconds) return owner;
  if (owner === CoreEvent) return keep(class KeptCoreEvent extends CoreEvent {}, owner, ttlSeconds);
  if (owner === Event) return keep(class KeptEvent extends Event {}, owner, ttlSeconds);
  return owner;
}
