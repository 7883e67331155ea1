import type { ClientHttp2Session } from "node:http2";
import { fixture } from "./fixture.js";
import { listMeta, openSession, request } from "./load.js";
import { cpuPerOperation, interleave, type Line } from "./measure.js";
import type { Subject } from "./subject.js";

const WATCHERS = 1000;
const PER_CONNECTION = 100;
const EVENTS = 1000;

/** Opens the watches; `received` counts whole lines over all of them. */
async function openWatches(subject: Subject, path: string, received: (lines: number) => void) {
  const sessions: ClientHttp2Session[] = [];
  for (let opened = 0; opened < WATCHERS; opened += PER_CONNECTION) {
    const session = await openSession(subject.credentials);
    sessions.push(session);
    await Promise.all(Array.from({ length: PER_CONNECTION }, () => openWatch(session, path, received)));
  }
  return sessions;
}

/** Opens one watch; `received` is told of the whole lines that come. */
export function openWatch(session: ClientHttp2Session, path: string, received: (lines: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":method": "GET", ":path": path, accept: "application/json" });
    stream.on("error", reject);
    stream.on("response", (headers) => {
      if (headers[":status"] === 200) resolve();
      else reject(new Error(`watch answered ${headers[":status"]}`));
    });
    stream.on("data", (chunk: Buffer) => {
      let lines = 0;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
      received(lines);
    });
    stream.end();
  });
}

let generation = 0;

function fanOut(subject: Subject, watchPath: string, postPath: string, firstLines: number): () => Promise<number> {
  return async () => {
    let lines = 0;
    let wake = () => {};
    const sessions = await openWatches(subject, watchPath, (more) => {
      lines += more;
      wake();
    });
    const until = (count: number) =>
      new Promise<void>((resolve) => {
        wake = () => lines >= count && resolve();
        wake();
      });
    await until(firstLines);
    lines = 0;
    generation += 1;
    const writer = await openSession(subject.credentials);
    const cost = await cpuPerOperation(subject.pid, WATCHERS * EVENTS, async () => {
      for (let event = 0; event < EVENTS; event += 1) {
        const name = `bench-watch-${generation}-${event}`;
        const { status } = await request(writer, "POST", postPath, Buffer.from(JSON.stringify(fixture(name, event))));
        if (status !== 201) throw new Error(`POST ${postPath} answered ${status}`);
      }
      await until(WATCHERS * EVENTS);
    });
    for (const session of [...sessions, writer]) session.destroy();
    return cost;
  };
}

/** One writer, a thousand watchers of the collection that it writes to. */
export function benchWatch(rounds: number, ours: Subject, floor: Subject): Promise<Line> {
  const line = { what: "event delivered to 1 000 watchers", unit: "µs CPU", wanted: "≤ 1.3" };
  const configMaps = "/api/v1/namespaces/kube-public/configmaps";
  const own = async () => {
    const session = await openSession(ours.credentials);
    const { resourceVersion } = await listMeta(session, `${configMaps}?limit=1`);
    session.close();
    return fanOut(ours, `${configMaps}?watch=1&resourceVersion=${resourceVersion}`, configMaps, 0)();
  };
  return interleave(rounds, line, fanOut(floor, "/watch", "/broadcast", WATCHERS), own);
}
