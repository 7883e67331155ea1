import { setTimeout as sleep } from "node:timers/promises";
import type { ApiClient } from "../process/api-client.js";
import { COLLECTIONS } from "../process/collection.js";
import type { Stage } from "../process/stage.js";
import { History } from "./history.js";
import { KeyPool } from "./key-pool.js";
import { RecordingClient } from "./recording-client.js";
import { RecordingWatcher } from "./recording-watcher.js";
import type { Scenario } from "./scenario.js";

const CLIENTS = 12;
const CALM = 1500;

/** Plays a scenario on a stage and writes its history to a file; tells how many lines it has. */
export async function record(scenario: Scenario, stage: Stage, file: string): Promise<number> {
  const history = new History(file);
  const pool = new KeyPool();
  const anyPair = scenario.faults.every(({ breaksConnections }) => !breaksConnections);
  const connections: ApiClient[] = [];
  const connect = async (): Promise<ApiClient[]> => {
    const made = await stage.clients();
    connections.push(...made);
    return made;
  };
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, id) => new RecordingClient(id, await connect(), pool, history, anyPair)),
  );
  const watchers = await startWatchers(connect, history);
  const stop = new AbortController();
  const running = Promise.all(clients.map((client) => client.run(stop.signal)));
  try {
    for (const fault of scenario.faults) {
      await Promise.race([sleep(CALM), running]);
      history.write({ kind: "fault", time: history.now(), message: fault.name });
      await fault.strike(stage);
      const retired = pool.rotate();
      await sleep(CALM / 2);
      // By one of the clients, so that a second one does not start under the same number.
      for (const key of retired) await clients[0]?.remove(key);
    }
    await Promise.race([sleep(CALM), running]);
  } finally {
    stop.abort();
    await running;
  }
  await finish(clients, watchers, history);
  for (const connection of connections) connection.close();
  await history.close();
  return history.lines;
}

/** On each server, for each collection: everything, one label, one name, and one that always takes the initial events. */
async function startWatchers(connect: () => Promise<ApiClient[]>, history: History): Promise<RecordingWatcher[]> {
  const [first] = await connect();
  const watchers: RecordingWatcher[] = [];
  for (const collection of COLLECTIONS) {
    const list = await first?.request("GET", collection.path);
    const after = Number(JSON.parse(list?.text ?? "{}").metadata?.resourceVersion);
    const scopes = [{}, { side: "left" }, { name: "g1-0" }, { initial: true }, { initial: true, side: "right" }];
    for (const scope of scopes) {
      for (const [server, client] of (await connect()).entries()) {
        const watcher = `${collection.resource} on server ${server} ${JSON.stringify(scope)}`;
        watchers.push(new RecordingWatcher({ initial: false, ...scope, watcher, collection, after }, client, history));
      }
    }
  }
  for (const watcher of watchers) watcher.start();
  return watchers;
}

/** Writes one last object of each collection and waits until every watcher has come that far. */
async function finish(clients: readonly RecordingClient[], watchers: readonly RecordingWatcher[], history: History) {
  const marks: number[] = [];
  for (const collection of COLLECTIONS) {
    for (let attempt = 0; attempt < 30 && marks.length <= COLLECTIONS.indexOf(collection); attempt++) {
      const revision = await clients[0]?.mark({ collection, name: `end-${attempt}` });
      if (revision !== undefined) marks.push(revision);
      else await sleep(1000);
    }
  }
  if (marks.length < COLLECTIONS.length)
    history.write({ kind: "violation", time: history.now(), message: "the servers take no writes after the faults" });
  await Promise.all(watchers.map((watcher) => watcher.finish(Math.max(0, ...marks))));
}
