import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEtcd } from "@quarterdeck/testing/etcd";
import { creator } from "./create.js";
import type { EtcdOrder } from "./etcd-floor.js";
import { fixture } from "./fixture.js";
import { getter } from "./get.js";
import { inParallel, openSession, request } from "./load.js";
import { cpuPerOperation, interleave, type Line, type Measurement, median } from "./measure.js";
import { type Quarterdeck, type Subject, startQuarterdeck } from "./subject.js";

const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
const IN_FLIGHT = 64;
const CREATES = 8000;

/** The same server on the one storage and on the other. */
const SERVER = {
  resources: ["kubernetes"],
  authentication: ["client-certificate", "anonymous"],
  authorization: ["system-masters"],
  admission: ["namespace-lifecycle"],
};

/** The client library in a process of its own, which answers orders with creates for each second. */
class EtcdFloor {
  readonly #child;
  #generation = 0;

  constructor(endpoints: readonly string[]) {
    const script = fileURLToPath(new URL("./etcd-floor.js", import.meta.url));
    this.#child = fork(script, endpoints, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("the client library did not start");
    return this.#child.pid;
  }

  creates(): Promise<number> {
    this.#generation += 1;
    const order: EtcdOrder = { prefix: `/floor/${this.#generation}/`, count: CREATES, inFlight: IN_FLIGHT };
    return new Promise((resolve, reject) => {
      this.#child.once("message", ({ milliseconds, error }: { milliseconds?: number; error?: string }) => {
        if (milliseconds === undefined) reject(new Error(error));
        else resolve((CREATES * 1000) / milliseconds);
      });
      this.#child.send(order);
    });
  }

  stop(): void {
    this.#child.kill();
  }
}

function createsOf(subject: Subject): Measurement {
  return async () => {
    const { one, close } = await creator(subject, CONFIG_MAPS, IN_FLIGHT, CREATES);
    const started = performance.now();
    await inParallel(CREATES, IN_FLIGHT, one);
    const seconds = (performance.now() - started) / 1000;
    close();
    return CREATES / seconds;
  };
}

/** The rate, and beside it the processor time: on few cores the clients of the server take their share of the rate. */
async function benchCreates(rounds: number, floor: EtcdFloor, ours: Subject): Promise<Line[]> {
  const what = "CREATE, 64 clients: on etcd / the client library alone";
  const cpu: { floor: number[]; ours: number[] } = { floor: [], ours: [] };
  const measured = (pid: number, times: number[], creates: Measurement) => async () => {
    let rate = 0;
    const time = await cpuPerOperation(pid, CREATES, async () => {
      rate = await creates();
    });
    times.push(time);
    return rate;
  };
  const library = measured(floor.pid, cpu.floor, () => floor.creates());
  const server = measured(ours.pid, cpu.ours, createsOf(ours));
  // The first creates are the compilation of what they run through.
  await floor.creates();
  await createsOf(ours)();
  const rate = await interleave(rounds, { what, unit: "1/s", wanted: "≥ 0.70" }, library, server);
  const [least, most] = [median(cpu.floor), median(cpu.ours)];
  // The same as the rate where each process has a core.
  return [rate, { what, unit: "µs CPU", floor: least, ours: most, ratio: most / least, wanted: "≤ 1.43" }];
}

async function startOn(folder: string, name: string, storage: unknown): Promise<Quarterdeck> {
  const config = join(folder, `${name}.json`);
  writeFileSync(config, JSON.stringify({ storage, ...SERVER }));
  const server = await startQuarterdeck({ config });
  const session = await openSession(server.credentials);
  const object = Buffer.from(JSON.stringify(fixture("bench-get", 1)));
  const { status } = await request(session, "POST", CONFIG_MAPS, object);
  if (status !== 201) throw new Error(`POST ${CONFIG_MAPS} answered ${status}`);
  session.close();
  return server;
}

/** The server on etcd beside the same on the embedded store, and its writes beside those of the client library alone. */
export async function benchEtcd(rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-etcd-bench-"));
  const etcd = await startEtcd();
  const floor = new EtcdFloor(etcd.endpoints);
  const servers: Quarterdeck[] = [];
  try {
    const level = await startOn(folder, "level", "level");
    servers.push(level);
    const ours = await startOn(folder, "etcd", ["etcd3", { endpoints: etcd.endpoints }]);
    servers.push(ours);
    const get = (about: string, query: string, wanted: string) => {
      const path = `${CONFIG_MAPS}/bench-get${query}`;
      const line = { what: `GET ${about}: on etcd / on level`, unit: "µs CPU", wanted };
      return interleave(rounds, line, getter(level, path), getter(ours, path));
    };
    const cached = await get("from the cache (resourceVersion=0)", "?resourceVersion=0", "≤ 1.1");
    // The cache must be confirmed by etcd first, which the embedded store spares.
    const newest = await get("of the newest state", "", "told");
    return [cached, newest, ...(await benchCreates(rounds, floor, ours))];
  } finally {
    floor.stop();
    for (const server of servers) await server.stop();
    await etcd.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
