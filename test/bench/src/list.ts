import { inParallel, openSession, request } from "./load.js";
import { cpuPerOperation, interleave, type Line } from "./measure.js";
import { residentMegabytes } from "./process-usage.js";
import type { Subject } from "./subject.js";

function lister(subject: Subject, path: string, lists: number, parallel: number): () => Promise<number> {
  return async () => {
    const session = await openSession(subject.credentials);
    const one = async () => {
      const { status, bytes } = await request(session, "GET", path);
      if (status !== 200 || bytes < 100_000) throw new Error(`LIST ${path} answered ${status} with ${bytes} bytes`);
    };
    await one();
    const cost = await cpuPerOperation(subject.pid, lists, () => inParallel(lists, parallel, one));
    session.close();
    return cost / 1000;
  };
}

/** LIST of a namespace with so many objects of 1 KB. */
export function benchList(rounds: number, ours: Subject, floor: Subject, objects: number, path: string): Promise<Line> {
  const line = { what: `LIST ${objects} objects of 1 KB`, unit: "ms CPU", wanted: "≤ 1.5" };
  const lists = Math.max(40, 400_000 / objects);
  return interleave(rounds, line, lister(floor, `/list/${objects}`, lists, 4), lister(ours, path, lists, 4));
}

/** Resident memory while 32 lists of 10 000 objects are sent at once, beside one: it must not grow with their number. */
export async function benchListMemory(ours: Subject, path: string): Promise<Line> {
  const peak = async (parallel: number) => {
    let most = 0;
    const timer = setInterval(() => {
      most = Math.max(most, residentMegabytes(ours.pid));
    }, 5);
    await lister(ours, path, 32, parallel)();
    clearInterval(timer);
    return most;
  };
  const alone = await peak(1);
  const together = await peak(32);
  const line = { what: "RSS, 32 parallel LISTs of 10 MB / one at a time", unit: "MB", wanted: "no growth" };
  return { ...line, floor: alone, ours: together, ratio: together / alone };
}
