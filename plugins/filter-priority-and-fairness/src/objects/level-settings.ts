import type { KubeObject } from "@quarterdeck/meta";
import { count, optionalPart, part, text } from "./json-parts.js";

/** How requests of a level wait. */
export interface QueueSettings {
  readonly queues: number;
  readonly handSize: number;
  readonly queueLengthLimit: number;
}

/** What a PriorityLevelConfiguration says, as the filter uses it. */
export interface LevelSettings {
  readonly name: string;
  /** Empty for one that does not exist as an object. */
  readonly uid: string;
  readonly exempt: boolean;
  readonly shares: number;
  readonly lendablePercent: number;
  /** Percent of its own seats; undefined is without limit. */
  readonly borrowingLimitPercent: number | undefined;
  /** Undefined: what does not fit is rejected. */
  readonly queueing: QueueSettings | undefined;
}

/** Reads a priority level; undefined for one that contradicts itself, which then is as good as missing. */
export function levelSettings(object: KubeObject): LevelSettings | undefined {
  const { name = "", uid = "" } = object.metadata;
  const spec = part(object, "spec");
  const exempt = text(spec, "type") === "Exempt";
  if (exempt !== (name === "exempt")) return undefined;
  const limits = exempt ? part(spec, "exempt") : optionalPart(spec, "limited");
  if (limits === undefined) return undefined;
  const response = part(limits, "limitResponse");
  const queuing = optionalPart(response, "queuing");
  if (!exempt && (text(response, "type") === "Queue") !== (queuing !== undefined)) return undefined;
  return {
    name,
    uid,
    exempt,
    shares: count(limits, "nominalConcurrencyShares", exempt ? 0 : 30),
    lendablePercent: count(limits, "lendablePercent", 0),
    borrowingLimitPercent: count(limits, "borrowingLimitPercent", undefined),
    queueing: queuing && {
      queues: count(queuing, "queues", 64),
      handSize: count(queuing, "handSize", 8),
      queueLengthLimit: count(queuing, "queueLengthLimit", 50),
    },
  };
}
