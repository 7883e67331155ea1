import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ticket } from "../queueing/ticket.js";
import { LevelScene } from "./level.fixture.js";

const wide = (initialSeats: number) => ({ initialSeats, finalSeats: 0, additionalLatency: 0 });
const times = (count: number, user: string): string[] => Array.from({ length: count }, () => user);

describe("PriorityLevel", () => {
  it("lets in what there are seats for, and the others one by one as seats come free", () => {
    const scene = new LevelScene();
    const [one, two] = [scene.send("ann"), scene.send("bob")];
    expect([one.admission, two.admission, scene.send("carl").admission]).toEqual(["execute", "execute", "wait"]);
    const admitted: string[] = [];
    scene.queue(["dan"], admitted);
    scene.finish(one.ticket);
    expect(scene.level).toMatchObject({ executing: 2, waiting: 1, seatsInUse: 2 });
    scene.finish(two.ticket);
    expect(admitted).toEqual(["dan"]);
    expect(scene.level).toMatchObject({ executing: 2, waiting: 0, dispatched: 4 });
  });

  it("serves a flow that sends one among many of another flow next to its first ones", () => {
    const scene = new LevelScene({}, 1);
    const first = scene.send("greedy").ticket;
    const admitted: string[] = [];
    const waiting = [...scene.queue(times(40, "greedy"), admitted)];
    scene.now += 1;
    waiting.push(...scene.queue(["patient"], admitted));
    let running: Ticket | undefined = first;
    while (running !== undefined) {
      scene.finish(running);
      running = waiting.find(({ state }) => state === "executing");
    }
    expect(admitted).toHaveLength(41);
    // The greedy flow has two queues; each may be served once or twice before.
    expect(admitted.indexOf("patient")).toBeLessThan(6);
  });

  it("gives two flows that both always want more the same", () => {
    const scene = new LevelScene({ queueing: { queues: 64, handSize: 1, queueLengthLimit: 50 } }, 1);
    const admitted: string[] = [];
    const first = scene.send("ann").ticket;
    const waiting = [...scene.queue(times(30, "ann"), admitted), ...scene.queue(times(30, "bob"), admitted)];
    let running: Ticket | undefined = first;
    for (let served = 0; served < 20 && running !== undefined; served++) {
      scene.finish(running);
      running = waiting.find(({ state }) => state === "executing");
    }
    const anns = admitted.filter((user) => user === "ann").length;
    expect(Math.abs(anns - (admitted.length - anns))).toBeLessThanOrEqual(2);
  });

  it("charges a flow whose requests take long for it", () => {
    const scene = new LevelScene({ queueing: { queues: 64, handSize: 1, queueLengthLimit: 50 } }, 1);
    const admitted: string[] = [];
    const first = scene.send("slow").ticket;
    const waiting = [...scene.queue(times(20, "slow"), admitted), ...scene.queue(times(40, "fast"), admitted)];
    const owners = new Map(waiting.map((ticket) => [ticket, ticket.flow.distinguisher]));
    let running: Ticket | undefined = first;
    for (let served = 0; served < 30 && running !== undefined; served++) {
      scene.finish(running, (owners.get(running) ?? "slow") === "slow" ? 40 : 4);
      running = waiting.find(({ state }) => state === "executing");
    }
    const fast = admitted.filter((user) => user === "fast").length;
    expect(fast).toBeGreaterThan((admitted.length - fast) * 4);
  });

  it("refuses what finds its queue full while all seats are taken", () => {
    const scene = new LevelScene({ queueing: { queues: 1, handSize: 1, queueLengthLimit: 2 } }, 1);
    const all = ["a", "b", "c", "d"].map((user) => scene.send(user).admission);
    expect(all).toEqual(["execute", "wait", "wait", "queue-full"]);
    expect(scene.metrics.value("apiserver_flowcontrol_rejected_requests_total", { reason: "queue-full" })).toBe(1);
    expect(scene.metrics.value("apiserver_flowcontrol_current_inqueue_requests")).toBe(2);
  });

  it("refuses at once without queues, and never refuses an exempt request", () => {
    const rejecting = new LevelScene({ queueing: undefined }, 1);
    expect([rejecting.send("a"), rejecting.send("b")].map(({ admission }) => admission)).toEqual([
      "execute",
      "concurrency-limit",
    ]);
    const exempt = new LevelScene({ exempt: true, queueing: undefined }, 0);
    exempt.paused = true;
    expect(times(100, "root").map((user) => exempt.send(user).admission)).toEqual(times(100, "execute"));
  });

  it("lets a request that is wider than the level run alone", () => {
    const scene = new LevelScene({}, 3);
    const { ticket } = scene.send("ann");
    const admitted: string[] = [];
    const [other] = scene.queue(["wide"], admitted, wide(5));
    expect(admitted).toEqual([]);
    scene.finish(ticket);
    scene.queue(["bob"], admitted);
    expect(admitted).toEqual(["wide"]);
    expect(scene.level).toMatchObject({ executing: 1, waiting: 1, seatsInUse: 5 });
    if (other !== undefined) scene.finish(other);
    expect(admitted).toEqual(["wide", "bob"]);
  });

  it("forgets a request whose client went away, or that waited too long", () => {
    const scene = new LevelScene({}, 1);
    const { ticket } = scene.send("ann");
    const admitted: string[] = [];
    const [bob, carl, dan] = scene.queue(["bob", "carl", "dan"], admitted);
    if (bob !== undefined) scene.level.abandon(bob, "cancelled");
    if (carl !== undefined) scene.level.abandon(carl, "time-out");
    expect(scene.level).toMatchObject({ waiting: 1, cancelled: 1, timedOut: 1, rejected: 2 });
    scene.finish(ticket);
    expect(admitted).toEqual(["-bob", "-carl", "dan"]);
    if (dan !== undefined) scene.level.abandon(dan, "cancelled");
    expect(scene.level.executing).toBe(1);
  });

  it("gives the seats of a watch back when it has begun, once", () => {
    const scene = new LevelScene({}, 1);
    const watch = scene.send("ann").ticket;
    const admitted: string[] = [];
    scene.queue(["bob"], admitted);
    watch.initialised();
    watch.initialised();
    scene.level.finish(watch);
    expect(admitted).toEqual(["bob"]);
    expect(scene.level).toMatchObject({ executing: 1, seatsInUse: 1 });
  });

  it("gives the seats of a request that waits for its client to others, and back when the client comes", () => {
    const scene = new LevelScene({}, 1);
    const slow = scene.send("slow").ticket;
    const admitted: string[] = [];
    const [other] = scene.queue(["ann"], admitted);
    slow.waiting();
    scene.parking.sweep(scene.now + 50);
    expect(admitted).toEqual([]);
    scene.now += 200;
    scene.parking.sweep(scene.now);
    expect(admitted).toEqual(["ann"]);
    slow.resumed();
    expect(scene.level).toMatchObject({ executing: 2, seatsInUse: 2 });
    scene.finish(slow);
    if (other !== undefined) scene.finish(other);
    expect(scene.level).toMatchObject({ executing: 0, seatsInUse: 0 });
    expect(scene.parking.size).toBe(0);
  });

  it("keeps the seats of those whose clients would make it hold too much", () => {
    const scene = new LevelScene({}, 5);
    const body = String(400 * 1024 * 1024);
    const tickets = ["a", "b"].map((user) => {
      const sample = { method: "POST", headers: { "content-length": body } };
      const ticket = scene.ticket(user, wide(1), sample);
      scene.level.admit(ticket, scene.now);
      ticket.waiting();
      return ticket;
    });
    scene.now += 200;
    scene.parking.sweep(scene.now);
    expect(tickets.map(({ parkedAt }) => parkedAt > 0)).toEqual([true, false]);
    expect(scene.level.seatsInUse).toBe(1);
  });

  it("has requests take turns while the server is busy, the flow that had least first", () => {
    const scene = new LevelScene({}, 100);
    scene.paused = true;
    const admitted: string[] = [];
    const waiting = scene.queue(times(40, "greedy"), admitted);
    for (let turn = 0; turn < 5; turn++) {
      expect(scene.turn()).toBe("given");
      const running = waiting.find(({ state }) => state === "executing");
      if (running !== undefined) scene.finish(running, 1);
    }
    expect(admitted).toEqual(times(5, "greedy"));
    scene.queue(["patient"], admitted);
    scene.turn();
    scene.turn();
    expect(admitted).toContain("patient");
  });

  it("lets one long read in at a time while others wait for their turn", () => {
    const scene = new LevelScene({}, 100);
    scene.paused = true;
    const admitted: string[] = [];
    const [first] = scene.queue(["list", "list", "list"], admitted, wide(8));
    expect([scene.turn(), scene.turn()]).toEqual(["given", "later"]);
    scene.queue(["get"], admitted);
    expect(scene.turn()).toBe("given");
    expect(admitted).toEqual(["list", "get"]);
    if (first !== undefined) scene.finish(first);
    expect(scene.turn()).toBe("given");
  });

  it("loses and invents no seat, whatever happens in whatever order", () => {
    const step = fc.record({
      what: fc.constantFrom("send", "finish", "abandon", "wait", "resume", "sweep", "limit", "pause", "turn"),
      user: fc.constantFrom("a", "b", "c", "d"),
      seats: fc.integer({ min: 1, max: 6 }),
      pick: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const scene = new LevelScene({ queueing: { queues: 8, handSize: 2, queueLengthLimit: 3 } }, 5);
        const { level } = scene;
        const all: Ticket[] = [];
        const some = (state: Ticket["state"], pick: number): Ticket | undefined => {
          const those = all.filter((ticket) => ticket.state === state);
          return those[pick % Math.max(1, those.length)];
        };
        const actions: { readonly [what: string]: (one: (typeof steps)[number]) => void } = {
          send: ({ user, seats }) => void all.push(scene.send(user, wide(seats)).ticket),
          finish: ({ pick }) => {
            const ticket = some("executing", pick);
            if (ticket !== undefined) level.finish(ticket);
          },
          abandon: ({ pick }) => {
            const ticket = some("waiting", pick);
            if (ticket !== undefined) level.abandon(ticket, "cancelled");
          },
          wait: ({ pick }) => some("executing", pick)?.waiting(),
          resume: ({ pick }) => some("executing", pick)?.resumed(),
          sweep: () => {
            scene.now += 200;
            scene.parking.sweep(scene.now);
          },
          limit: ({ seats }) => level.setLimit(seats, scene.now),
          pause: () => {
            scene.paused = !scene.paused;
          },
          turn: () => void level.turn(),
        };
        for (const one of steps) {
          scene.now += one.seats;
          actions[one.what]?.(one);
          const executing = all.filter(({ state }) => state === "executing");
          const waiting = all.filter(({ state }) => state === "waiting");
          const seated = executing.filter(({ parkedAt }) => parkedAt === 0);
          const sum = (tickets: readonly Ticket[]) => tickets.reduce((total, { seats }) => total + seats, 0);
          expect(level.executing).toBe(executing.length);
          expect(level.waiting).toBe(waiting.length);
          expect(level.seatsInUse).toBe(sum(seated));
          expect(level.seatsWaiting).toBe(sum(waiting));
          const queues = [...level.queues.queues];
          expect(queues.reduce((total, { seatsInUse }) => total + seatsInUse, 0)).toBe(level.seatsInUse);
          expect(queues.reduce((total, { waitingSeats }) => total + waitingSeats, 0)).toBe(level.seatsWaiting);
        }
        scene.paused = false;
        level.setLimit(100, scene.now);
        for (const ticket of all) level.finish(ticket);
        expect(level).toMatchObject({ executing: 0, waiting: 0, seatsInUse: 0, seatsWaiting: 0, idle: true });
        expect(scene.metrics.value("apiserver_flowcontrol_current_executing_seats")).toBe(0);
        expect(scene.metrics.value("apiserver_flowcontrol_current_inqueue_requests")).toBe(0);
        expect(scene.longSeats).toBe(0);
      }),
    );
  });
});
