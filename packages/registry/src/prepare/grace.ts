import type { KubeObject } from "@quarterdeck/meta";
import type { DeleteOptions, WriteRequest } from "../registry-resource.js";
import { timestamp } from "./timestamp.js";

const LAST_MOMENT = Date.parse("9999-12-31T23:59:59Z");

/** How a delete marks an object that is given time to end. */
export interface Grace {
  /** With 0 the object goes once nothing else holds it. */
  readonly seconds: number;
  readonly deletionTimestamp: string;
}

/** Times beyond what RFC 3339 can say are cut to its last moment. */
function moment(milliseconds: number): string {
  return timestamp(new Date(Math.min(milliseconds, LAST_MOMENT)));
}

/** The grace that is left of one of `held` seconds when a delete asks for fewer. */
function shortened(deletionTimestamp: string, held: number, asked: number, now: number): Grace {
  const end = Date.parse(deletionTimestamp) + (asked - held) * 1000;
  if (end >= now) return { seconds: asked, deletionTimestamp: moment(end) };
  // The time is over, but whoever runs the object has still to be told: only a delete that asks for 0 ends it.
  return { seconds: asked === 0 ? 0 : 1, deletionTimestamp: moment(now) };
}

/**
 * The grace that a delete gives an object, upstream's `BeforeDelete`: the class's on the first delete; later ones may
 * only shorten it, else the delete is `pending` already. Undefined for objects that are not deleted gracefully, and for
 * those whose grace was 0: what holds them beside it decides.
 */
export function graceOf(
  request: WriteRequest,
  object: KubeObject,
  { gracePeriodSeconds: asked }: DeleteOptions,
  now: Date,
): Grace | "pending" | undefined {
  const { gracePeriod } = request.version.hooks;
  if (gracePeriod === undefined) return undefined;
  const { deletionTimestamp, deletionGracePeriodSeconds: held = 0 } = object.metadata;
  if (deletionTimestamp === undefined) {
    const given = gracePeriod(object, asked);
    if (given === undefined) return undefined;
    const seconds = given < 0 ? 1 : given;
    return { seconds, deletionTimestamp: moment(now.getTime() + seconds * 1000) };
  }
  if (held === 0) return undefined;
  if (asked === undefined || asked >= held) return "pending";
  return shortened(deletionTimestamp, held, asked, now.getTime());
}
