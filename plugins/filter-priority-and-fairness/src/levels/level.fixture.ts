import { CountedMetrics } from "@quarterdeck/testing/doubles";
import { requestContext, type SampleContext } from "@quarterdeck/testing/filter-contract";
import { FlowMetrics } from "../flow-metrics.js";
import { FlowSeries } from "../flow-series.js";
import { Flow } from "../matching/flow.js";
import type { LevelSettings } from "../objects/level-settings.js";
import type { Turn } from "../queueing/pacer.js";
import { Ticket } from "../queueing/ticket.js";
import { ONE_SEAT, type Work } from "../work/work.js";
import { ParkingLot } from "./parking-lot.js";
import { type Admission, PriorityLevel } from "./priority-level.js";

/** The settings of a level with four queues for two requests each. */
const QUEUED: LevelSettings = {
  name: "queued",
  uid: "",
  exempt: false,
  shares: 1,
  lendablePercent: 0,
  borrowingLimitPercent: undefined,
  queueing: { queues: 64, handSize: 2, queueLengthLimit: 50 },
};

/** A level with a clock that a test moves, and what was let in. */
export class LevelScene {
  now = 1000;
  /** True: requests have to wait for their turn. */
  paused = false;
  longSeats = 0;
  readonly metrics = new CountedMetrics();
  readonly parking = new ParkingLot();
  readonly level: PriorityLevel;
  readonly #flows = new Map<string, Flow>();
  readonly #series = new FlowSeries(new FlowMetrics(this.metrics), { priority_level: "queued", flow_schema: "all" });

  constructor(settings: Partial<LevelSettings> = {}, seats = 2) {
    const scene = this;
    const pacer = {
      get paused() {
        return scene.paused;
      },
      busy: () => scene.paused,
      ended() {},
      wake() {},
      flow() {},
      long(change: number): void {
        scene.longSeats += change;
      },
      takesLong: (wanted: number) => scene.longSeats === 0 || scene.longSeats + wanted <= 10,
    };
    const services = { clock: () => this.now, pacer, parking: this.parking, metrics: new FlowMetrics(this.metrics) };
    this.level = new PriorityLevel({ ...QUEUED, ...settings }, services);
    this.level.setLimit(seats, this.now);
  }

  /** A request of a user. */
  ticket(user: string, work: Work = ONE_SEAT, sample: SampleContext = {}): Ticket {
    let flow = this.#flows.get(user);
    if (flow === undefined) {
      flow = new Flow({ name: "all", uid: "", level: this.level, series: this.#series }, user);
      this.#flows.set(user, flow);
    }
    return new Ticket(flow, work, requestContext(sample), this.now);
  }

  /** Sends one, and gives what became of it. */
  send(user: string, work?: Work): { readonly ticket: Ticket; readonly admission: Admission } {
    const ticket = this.ticket(user, work);
    return { ticket, admission: this.level.admit(ticket, this.now) };
  }

  /** Sends one for each, and notes the names of those that have to wait when they are let in. */
  queue(users: readonly string[], admitted: string[], work?: Work): readonly Ticket[] {
    return users.map((user) => {
      const { ticket } = this.send(user, work);
      ticket.decide = (goes) => void admitted.push(goes ? user : `-${user}`);
      return ticket;
    });
  }

  /** Time passes, and one is done. */
  finish(ticket: Ticket, milliseconds = 5): void {
    this.now += milliseconds;
    this.level.finish(ticket);
  }

  turn(): Turn {
    return this.level.turn();
  }
}
