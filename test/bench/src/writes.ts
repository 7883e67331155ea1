import type { ClientHttp2Session } from "node:http2";
import { creator } from "./create.js";
import { fixture } from "./fixture.js";
import { inParallel, openSession, request } from "./load.js";
import { cpuPerOperation, interleave, interleaveAll, type Line } from "./measure.js";
import { type Subject, startQuarterdeck } from "./subject.js";

/** What is measured on one server whose floor is another write of its own. */
export const WRITE_LINES: readonly string[] = ["apply", "update", "one-object"];

const MAPS = "/api/v1/namespaces/kube-node-lease/configmaps";
const MERGE = "application/merge-patch+json";
const APPLY = "application/apply-patch+yaml";
/** Values of an object: 64 of 60 bytes each are some 5 KB with their names. */
const KEYS = 64;

async function must(session: ClientHttp2Session, method: string, path: string, body: object, type?: string) {
  const { status } = await request(session, method, path, Buffer.from(JSON.stringify(body)), type);
  if (status !== 200 && status !== 201) throw new Error(`${method} ${path} answered ${status}`);
}

/** The part of an object that one of three managers wants; `round` makes one value of it new. */
function share(name: string, manager: number, round: number): object {
  const data: { [key: string]: string } = {};
  for (let key = manager; key < KEYS; key += 3) data[`key-${key}`] = "v".repeat(60);
  data[`key-${manager}`] = String(round).padEnd(60, ".");
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, labels: { [`manager-${manager}`]: "yes" } }, data };
}

/** The whole object, as a client sends it that replaces it. */
function whole(name: string, round: number): object {
  const data: { [key: string]: string } = {};
  for (let key = 0; key < KEYS; key += 1) data[`key-${key}`] = "v".repeat(60);
  data["key-0"] = String(round).padEnd(60, ".");
  const labels = { "manager-0": "yes", "manager-1": "yes", "manager-2": "yes" };
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, labels }, data };
}

/** Server-side apply of a part of an object of 5 KB with three managers, against an update of the whole of one. */
async function benchApply(rounds: number, ours: Subject): Promise<Line> {
  const clients = 16;
  const count = 3000;
  const sessions = await Promise.all(Array.from({ length: clients }, () => openSession(ours.credentials)));
  const [first] = sessions;
  if (first === undefined) throw new Error("no session");
  for (let worker = 0; worker < clients; worker += 1) {
    for (let manager = 0; manager < 3; manager += 1) {
      const name = `bench-apply-${worker}`;
      await must(first, "PATCH", `${MAPS}/${name}?fieldManager=m${manager}`, share(name, manager, 0), APPLY);
    }
    await must(first, "POST", MAPS, whole(`bench-update-${worker}`, 0));
  }
  let round = 0;
  const cost = (one: (session: ClientHttp2Session, worker: number) => Promise<void>) => () =>
    cpuPerOperation(ours.pid, count, () =>
      inParallel(count, clients, (_, worker) => one(sessions[worker] ?? first, worker)),
    );
  const update = cost((session, worker) => {
    const name = `bench-update-${worker}`;
    return must(session, "PUT", `${MAPS}/${name}`, whole(name, ++round));
  });
  const apply = cost((session, worker) => {
    const name = `bench-apply-${worker}`;
    return must(session, "PATCH", `${MAPS}/${name}?fieldManager=m0`, share(name, 0, ++round), APPLY);
  });
  const line = { what: "apply of 5 KB with 3 managers, against an update", unit: "µs CPU", wanted: "≤ 4" };
  const result = await interleave(rounds, line, update, apply);
  for (const session of sessions) session.close();
  return result;
}

/** Microseconds of the clock for each of `count` writes. */
async function microsecondsEach(count: number, run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await run();
  return ((performance.now() - started) * 1000) / count;
}

/** Updates and merge patches of distinct objects, against creates of as many clients. */
async function benchUpdates(rounds: number, ours: Subject): Promise<Line[]> {
  const clients = 64;
  const count = 4000;
  const sessions = await Promise.all(Array.from({ length: clients }, () => openSession(ours.credentials)));
  const [first] = sessions;
  if (first === undefined) throw new Error("no session");
  for (let worker = 0; worker < clients; worker += 1) await must(first, "POST", MAPS, fixture(`bench-u${worker}`, 0));
  let round = 0;
  const rate = (one: (session: ClientHttp2Session, worker: number) => Promise<void>) => () =>
    microsecondsEach(count, () => inParallel(count, clients, (_, worker) => one(sessions[worker] ?? first, worker)));
  const creates = async () => {
    const { one, close } = await creator(ours, MAPS, clients, count);
    const each = await microsecondsEach(count, () => inParallel(count, clients, one));
    close();
    return each;
  };
  const updates = rate((session, worker) => {
    const name = `bench-u${worker}`;
    return must(session, "PUT", `${MAPS}/${name}`, fixture(name, ++round));
  });
  const patches = rate((session, worker) =>
    must(session, "PATCH", `${MAPS}/bench-u${worker}`, { data: { round: String(++round) } }, MERGE),
  );
  const lines = await interleaveAll(rounds, creates, [
    [{ what: "update, 64 clients, distinct objects, against CREATE", unit: "µs", wanted: "≤ 1.25" }, updates],
    [{ what: "merge patch, 64 clients, distinct objects, against CREATE", unit: "µs", wanted: "≤ 1.25" }, patches],
  ]);
  for (const session of sessions) session.close();
  return lines;
}

/** Sixteen clients that patch one object, against as many that patch one each. */
async function benchOneObject(rounds: number, ours: Subject): Promise<Line> {
  const clients = 16;
  const count = 2000;
  const sessions = await Promise.all(Array.from({ length: clients }, () => openSession(ours.credentials)));
  const [first] = sessions;
  if (first === undefined) throw new Error("no session");
  for (let worker = 0; worker < clients; worker += 1) await must(first, "POST", MAPS, fixture(`bench-one${worker}`, 0));
  let round = 0;
  const patch = (pathOf: (worker: number) => string) => () =>
    microsecondsEach(count, () =>
      inParallel(count, clients, (_, worker) =>
        must(sessions[worker] ?? first, "PATCH", pathOf(worker), { data: { round: String(++round) } }, MERGE),
      ),
    );
  const line = { what: "merge patch, 16 clients, one object, against distinct ones", unit: "µs", wanted: "≤ 3" };
  const distinct = patch((worker) => `${MAPS}/bench-one${worker}`);
  const result = await interleave(
    rounds,
    line,
    distinct,
    patch(() => `${MAPS}/bench-one0`),
  );
  for (const session of sessions) session.close();
  return result;
}

/** Starts a server and takes those of the {@link WRITE_LINES} that `measure` wants. */
export async function benchWrites(
  rounds: number,
  measure: (name: string, run: () => Promise<readonly Line[]>) => Promise<void>,
): Promise<void> {
  const ours = await startQuarterdeck();
  try {
    await measure("apply", async () => [await benchApply(rounds, ours)]);
    await measure("update", () => benchUpdates(rounds, ours));
    await measure("one-object", async () => [await benchOneObject(rounds, ours)]);
  } finally {
    await ours.stop();
  }
}
