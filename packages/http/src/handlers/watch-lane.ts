import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { ChangeType, WatchChange, WatchLane } from "@quarterdeck/storage";
import { type Representation, WatchFanOut, type WatchStream } from "@quarterdeck/wire";
import type { Scalar } from "../metrics/scalar-family.js";

/** One watch among those of a lane. */
export interface LaneMember {
  /** Takes a change that comes before its answer has begun. */
  onChange(type: ChangeType, change: WatchChange): void;
  /** Its client reads more slowly than events come. */
  onSlow(): void;
}

/** The watches of one collection, without selectors, in one form: a live change is written to all of them in one go. */
export class StreamLane implements WatchLane {
  readonly #fanOut: WatchFanOut;
  readonly #members = new Map<WatchStream, LaneMember>();
  /** Those whose answer has not begun. */
  readonly #early = new Set<LaneMember>();

  constructor(
    version: VersionDescriptor,
    representation: Representation,
    private readonly events: Scalar,
  ) {
    this.#fanOut = new WatchFanOut(version, representation);
  }

  get empty(): boolean {
    return this.#members.size === 0 && this.#early.size === 0;
  }

  /** A member whose answer has begun has a stream. */
  add(member: LaneMember, stream: WatchStream | undefined): void {
    if (stream === undefined) {
      this.#early.add(member);
      return;
    }
    this.#early.delete(member);
    this.#members.set(stream, member);
    this.#fanOut.add(stream);
  }

  delete(member: LaneMember, stream: WatchStream | undefined): void {
    this.#early.delete(member);
    if (stream === undefined || !this.#members.delete(stream)) return;
    this.#fanOut.delete(stream);
  }

  deliver(type: ChangeType, change: WatchChange): void {
    this.events.value += this.#fanOut.size;
    for (const stream of this.#fanOut.event(type, change.object, change)) this.#members.get(stream)?.onSlow();
    for (const member of this.#early) member.onChange(type, change);
  }
}

/** The lanes of a server by resource and version, namespace and form; one lasts as long as it has members. */
export class WatchLanes {
  readonly #lanes = new WeakMap<VersionDescriptor, Map<string, StreamLane>>();

  get(version: VersionDescriptor, namespace: string, representation: Representation, events: Scalar): StreamLane {
    let lanes = this.#lanes.get(version);
    if (lanes === undefined) {
      lanes = new Map();
      this.#lanes.set(version, lanes);
    }
    const key = `${namespace}/${representation.key}`;
    let lane = lanes.get(key);
    if (lane === undefined) {
      this.#forgetEmpty(lanes);
      lane = new StreamLane(version, representation, events);
      lanes.set(key, lane);
    }
    return lane;
  }

  #forgetEmpty(lanes: Map<string, StreamLane>): void {
    for (const [key, lane] of lanes) if (lane.empty) lanes.delete(key);
  }
}
