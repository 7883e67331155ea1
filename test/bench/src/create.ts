import { fixture } from "./fixture.js";
import { inParallel, openSession, request } from "./load.js";
import { cpuPerOperation, interleave, type Line, median } from "./measure.js";
import type { Subject } from "./subject.js";

let generation = 0;

/**
 * Clients with a connection each; `one` creates an object of a name that nothing had before. The bodies are made first,
 * since clients share the processors with the server.
 */
export async function creator(subject: Subject, path: string, clients: number, count: number) {
  const sessions = await Promise.all(Array.from({ length: clients }, () => openSession(subject.credentials)));
  generation += 1;
  const prefix = `bench-create-${generation}`;
  const bodies = Array.from({ length: count }, (_, index) =>
    Buffer.from(JSON.stringify(fixture(`${prefix}-${index}`, index))),
  );
  const one = async (index: number, worker: number) => {
    const session = sessions[worker];
    if (session === undefined) throw new Error("no session");
    const body = bodies[index];
    const { status } = await request(session, "POST", path, body);
    if (status !== 201) throw new Error(`POST ${path} answered ${status}`);
  };
  const close = () => {
    for (const session of sessions) session.close();
  };
  return { one, close };
}

const CONFIG_MAPS = "/api/v1/namespaces/kube-node-lease/configmaps";

/** Durable CREATE by 32 clients: CPU of the server. */
export function benchCreateCpu(rounds: number, ours: Subject, floor: Subject): Promise<Line> {
  const count = 6000;
  const run = (subject: Subject, path: string) => async () => {
    const { one, close } = await creator(subject, path, 32, count);
    const cost = await cpuPerOperation(subject.pid, count, () => inParallel(count, 32, one));
    close();
    return cost;
  };
  const line = { what: "CREATE, durable, 32 clients", unit: "µs CPU", wanted: "≤ 2.5" };
  return interleave(rounds, line, run(floor, "/append"), run(ours, CONFIG_MAPS));
}

/** Durable CREATE by one client: the median time until it is acknowledged. */
export function benchCreateLatency(rounds: number, ours: Subject, floor: Subject): Promise<Line> {
  const count = 1500;
  const run = (subject: Subject, path: string) => async () => {
    const { one, close } = await creator(subject, path, 1, count);
    const times: number[] = [];
    await inParallel(count, 1, async (index, worker) => {
      const started = performance.now();
      await one(index, worker);
      times.push(performance.now() - started);
    });
    close();
    return median(times);
  };
  const line = { what: "CREATE, durable, one client", unit: "ms latency", wanted: "≤ 1.6" };
  return interleave(rounds, line, run(floor, "/append"), run(ours, CONFIG_MAPS));
}
