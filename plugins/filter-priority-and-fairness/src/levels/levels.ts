import type { LevelSettings } from "../objects/level-settings.js";
import type { Paced, Turn } from "../queueing/pacer.js";
import { adjustSeats } from "./adjust-seats.js";
import { type LevelServices, PriorityLevel } from "./priority-level.js";
import { seatLimits } from "./seat-limits.js";

/** The priority levels of a server, and how its seats are divided among them. */
export class Levels implements Paced {
  #levels: ReadonlyMap<string, PriorityLevel> = new Map();
  #all: readonly PriorityLevel[] = [];
  #turn = 0;

  constructor(
    private readonly totalConcurrency: number,
    private readonly services: () => LevelServices,
  ) {}

  get all(): readonly PriorityLevel[] {
    return this.#all;
  }

  /** The level of a name, if it is wanted. */
  get(name: string): PriorityLevel | undefined {
    const level = this.#levels.get(name);
    return level?.quiescing === false ? level : undefined;
  }

  /** Has these levels from now on; others that are still busy go when they are idle. */
  configure(settings: readonly LevelSettings[]): void {
    const wanted = new Set(settings.map(({ name }) => name));
    const levels = new Map<string, PriorityLevel>();
    const fresh = new Set<PriorityLevel>();
    for (const one of settings) {
      let level = this.#levels.get(one.name);
      if (level === undefined) {
        level = new PriorityLevel(one, this.services());
        fresh.add(level);
      } else level.configure(one);
      level.quiescing = false;
      levels.set(one.name, level);
    }
    for (const [name, level] of this.#levels) {
      if (wanted.has(name) || level.idle) continue;
      level.quiescing = true;
      levels.set(name, level);
    }
    this.#levels = levels;
    this.#all = [...levels.values()];
    const shares = this.#all.reduce((sum, level) => sum + level.settings.shares, 0);
    for (const level of this.#all) {
      level.setLimits(seatLimits(level.settings, this.totalConcurrency, shares), fresh.has(level));
    }
    this.adjust();
  }

  /** Lends seats by the demand since the last time. */
  adjust(): void {
    adjustSeats(this.#all, this.services().clock());
  }

  /** True when a level that is not wanted any more has become idle: it is time to configure again. */
  get hasLeftovers(): boolean {
    return this.#all.some((level) => level.quiescing && level.idle);
  }

  /** The levels take turns; one whose requests cannot go is passed over. */
  turn(): Turn {
    const levels = this.#all;
    let result: Turn = "none";
    for (let passed = 0; passed < levels.length; passed++) {
      this.#turn = (this.#turn + 1) % levels.length;
      const turn = levels[this.#turn]?.turn() ?? "none";
      if (turn === "given") return turn;
      if (turn === "later") result = turn;
    }
    return result;
  }

  get waiting(): number {
    return this.#all.reduce((sum, { waiting }) => sum + waiting, 0);
  }
}
