import type { ClientHttp2Session } from "node:http2";
import { fixture, REPLAYED } from "./fixture.js";
import { listMeta, openSession, readText, request } from "./load.js";
import { cpuPerOperation, interleave, type Line, median } from "./measure.js";
import type { Subject } from "./subject.js";
import { openWatch } from "./watch.js";

const WATCHERS = 1000;
const CONNECTIONS = 10;
const STORMS = 4;
const CONFIG_MAPS = "/api/v1/namespaces/kube-system/configmaps";

/** What a storm takes: CPU microseconds of the server for each watcher, and milliseconds until all have caught up. */
interface Storm {
  readonly cpu: number;
  readonly milliseconds: number;
}

let generation = 0;

/** Opens all watches at once, over connections that stand, and waits until each has the lines that it missed. */
async function storm(subject: Subject, path: string): Promise<Storm> {
  const sessions = await Promise.all(Array.from({ length: CONNECTIONS }, () => openSession(subject.credentials)));
  let lines = 0;
  let wake = () => {};
  const received = (more: number) => {
    lines += more;
    if (lines >= WATCHERS * REPLAYED) wake();
  };
  const started = performance.now();
  const cpu = await cpuPerOperation(subject.pid, WATCHERS, async () => {
    const caughtUp = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const opening = sessions.flatMap((session) =>
      Array.from({ length: WATCHERS / CONNECTIONS }, () => openWatch(session, path, received)),
    );
    await Promise.all([...opening, caughtUp]);
  });
  const milliseconds = performance.now() - started;
  for (const session of sessions) session.destroy();
  return { cpu, milliseconds };
}

/** The mean of a few: one is short beside the clock of /proc. */
async function storms(subject: Subject, path: string): Promise<Storm> {
  let cpu = 0;
  let milliseconds = 0;
  for (let count = 0; count < STORMS; count += 1) {
    const one = await storm(subject, path);
    cpu += one.cpu / STORMS;
    milliseconds += one.milliseconds / STORMS;
  }
  return { cpu, milliseconds };
}

/** Writes what the watchers will have missed; the path that they come back with. */
async function miss(session: ClientHttp2Session): Promise<string> {
  const { resourceVersion } = await listMeta(session, `${CONFIG_MAPS}?limit=1`);
  generation += 1;
  for (let index = 0; index < REPLAYED; index += 1) {
    const body = Buffer.from(JSON.stringify(fixture(`storm-${generation}-${index}`, index)));
    const { status } = await request(session, "POST", CONFIG_MAPS, body);
    if (status !== 201) throw new Error(`POST ${CONFIG_MAPS} answered ${status}`);
  }
  return `${CONFIG_MAPS}?watch=1&resourceVersion=${resourceVersion}`;
}

/** How often the store was called so far. */
async function storeCalls(session: ClientHttp2Session): Promise<number> {
  const metrics = await readText(session, "/metrics");
  const counts = [...metrics.matchAll(/^etcd_requests_total\{[^}]*\} (\d+)$/gm)].map(([, count]) => Number(count));
  if (counts.length === 0) throw new Error("the metrics tell no calls to the store");
  return counts.reduce((sum, count) => sum + count, 0);
}

/** A thousand watchers come back at once from a revision of which the ring of events knows what followed. */
export async function benchStorm(rounds: number, ours: Subject, floor: Subject): Promise<Line[]> {
  const session = await openSession(ours.credentials);
  const took: { floor: number[]; ours: number[] } = { floor: [], ours: [] };
  let calls = 0;
  const measureFloor = async () => {
    const { cpu, milliseconds } = await storms(floor, "/replay");
    took.floor.push(milliseconds);
    return cpu;
  };
  const measureOurs = async () => {
    const path = await miss(session);
    const before = await storeCalls(session);
    const { cpu, milliseconds } = await storms(ours, path);
    calls += (await storeCalls(session)) - before;
    took.ours.push(milliseconds);
    return cpu;
  };
  // The first storms are the compilation of what they run through.
  await storms(floor, "/replay");
  await storms(ours, await miss(session));
  const what = "1 000 watchers reconnect at once, 10 events behind";
  const cpu = await interleave(rounds, { what, unit: "µs CPU", wanted: "≤ 4" }, measureFloor, measureOurs);
  session.close();
  const [least, most] = [median(took.floor), median(took.ours)];
  return [
    cpu,
    { what, unit: "ms for all", floor: least, ours: most, ratio: most / least, wanted: "≤ 4" },
    { what: `${what}: calls to the store`, unit: "calls", floor: 0, ours: calls, wanted: "0" },
  ];
}
