import { join } from "node:path";
import { benchCreateCpu, benchCreateLatency } from "./create.js";
import { fixture } from "./fixture.js";
import { benchGet } from "./get.js";
import { benchList, benchListMemory } from "./list.js";
import { inParallel, openSession, request } from "./load.js";
import type { Line } from "./measure.js";
import { benchStorm } from "./storm.js";
import { type Subject, startFloor, startQuarterdeck } from "./subject.js";
import { benchWatch } from "./watch.js";

/** What is measured on one server and one floor that run side by side. */
export const SERVER_LINES: readonly string[] = ["get", "list", "watch", "storm", "create"];

async function fill(subject: Subject, namespace: string, objects: number): Promise<string> {
  const session = await openSession(subject.credentials);
  const post = async (path: string, body: object) => {
    const { status } = await request(session, "POST", path, Buffer.from(JSON.stringify(body)));
    if (status !== 201) throw new Error(`POST ${path} answered ${status}`);
  };
  await post("/api/v1/namespaces", { metadata: { name: namespace } });
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  await inParallel(objects, 32, (index) => post(path, fixture(`object-${index}`, index)));
  session.close();
  return path;
}

async function benchLists(rounds: number, ours: Subject, floor: Subject): Promise<Line[]> {
  const thousand = await fill(ours, "bench-1000", 1000);
  const short = await benchList(rounds, ours, floor, 1000, thousand);
  const tenThousand = await fill(ours, "bench-10000", 10_000);
  const long = await benchList(rounds, ours, floor, 10_000, tenThousand);
  return [short, long, await benchListMemory(ours, tenThousand)];
}

/** Starts a server and its floor and takes those of the {@link SERVER_LINES} that `measure` wants. */
export async function benchServer(
  rounds: number,
  measure: (name: string, run: () => Promise<readonly Line[]>) => Promise<void>,
): Promise<void> {
  const ours = await startQuarterdeck();
  // The floor has the certificates that the server's start made.
  const floor = await startFloor(ours.credentials, join(ours.folder, "pki"));
  try {
    await measure("get", async () => {
      const session = await openSession(ours.credentials);
      const object = Buffer.from(JSON.stringify(fixture("bench-get", 1)));
      await request(session, "POST", "/api/v1/namespaces/default/configmaps", object);
      session.close();
      return [await benchGet(rounds, ours, floor)];
    });
    await measure("list", () => benchLists(rounds, ours, floor));
    await measure("watch", async () => [await benchWatch(rounds, ours, floor)]);
    await measure("storm", () => benchStorm(rounds, ours, floor));
    await measure("create", async () => {
      const cpu = await benchCreateCpu(rounds, ours, floor);
      return [cpu, await benchCreateLatency(rounds, ours, floor)];
    });
  } finally {
    await floor.stop();
    await ours.stop();
  }
}
