import { inParallel, openSession, request } from "./load.js";
import { cpuPerOperation, interleave, type Line } from "./measure.js";
import type { Subject } from "./subject.js";

const REQUESTS = 20_000;

/** CPU of the server for one GET of a path, 32 at a time. */
export function getter(subject: Subject, path: string): () => Promise<number> {
  return async () => {
    const sessions = await Promise.all(Array.from({ length: 4 }, () => openSession(subject.credentials)));
    const one = async (index: number) => {
      const session = sessions[index % sessions.length];
      if (session === undefined) throw new Error("no session");
      const { status } = await request(session, "GET", path);
      if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    };
    await inParallel(1000, 32, one);
    const cost = await cpuPerOperation(subject.pid, REQUESTS, () => inParallel(REQUESTS, 32, one));
    for (const session of sessions) session.close();
    return cost;
  };
}

/** GET of one object of 1 KB over TLS and HTTP/2, 32 at a time. */
export function benchGet(rounds: number, ours: Subject, floor: Subject): Promise<Line> {
  const line = { what: "GET one object of 1 KB", unit: "µs CPU", wanted: "≤ 2.2" };
  const path = "/api/v1/namespaces/default/configmaps/bench-get";
  return interleave(rounds, line, getter(floor, "/object"), getter(ours, path));
}
