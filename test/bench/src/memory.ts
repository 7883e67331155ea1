import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openSession, request } from "./load.js";
import { type Heading, type Line, median } from "./measure.js";
import { anonymousMegabytes } from "./process-usage.js";
import { seed, seededName } from "./seed.js";
import { type Quarterdeck, startQuarterdeck } from "./subject.js";

const PROBE = new URL("./memory-probe.js", import.meta.url).href;
const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
const SETTLE_MILLISECONDS = 15_000;

/** Bytes that a server holds: resident as it stands, and what its heap keeps through a collection. */
interface Held {
  readonly resident: number;
  readonly kept: number;
}

function collected(server: Quarterdeck): Promise<number> {
  return new Promise((resolve) => {
    // Buffers are within `external`.
    server.child.once("message", ({ heapUsed, external }: NodeJS.MemoryUsage) => resolve(heapUsed + external));
    server.child.send("collect");
  });
}

/** Resident memory is read before anything is collected, since nobody does so in a server that is in use. */
async function held(server: Quarterdeck): Promise<Held> {
  await sleep(SETTLE_MILLISECONDS);
  const resident = anonymousMegabytes(server.pid) * 1024 * 1024;
  return { resident, kept: await collected(server) };
}

async function measureServer(objects: number, jsonBytes: number[]): Promise<{ started: Held; listed: Held }> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-memory-"));
  await seed(folder, objects);
  const server = await startQuarterdeck({ folder, flags: ["--expose-gc", "--import", PROBE] });
  try {
    const started = await held(server);
    const session = await openSession(server.credentials);
    for (let index = 0; index < Math.min(objects, 101); index += 1) {
      jsonBytes.push((await request(session, "GET", `${CONFIG_MAPS}/${seededName(index)}`)).bytes);
    }
    await request(session, "GET", CONFIG_MAPS);
    session.close();
    return { started, listed: await held(server) };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What an object costs in memory beside the bytes of its JSON: a server with so many of them less one with none, as it
 * comes up and after a list of all. Resident memory has the garbage in it that nobody has collected yet, and the holes
 * that it left: it is told beside, and changes with Node's moods.
 */
export async function benchMemory(objects: number): Promise<Line[]> {
  const sizes: number[] = [];
  const empty = await measureServer(0, []);
  const full = await measureServer(objects, sizes);
  const floor = median(sizes);
  const line = (heading: Heading, bytes: number): Line => {
    const ours = bytes / objects;
    return { ...heading, floor, ours, ratio: ours / floor };
  };
  const about = (what: string, wanted: string) => {
    return { what: `memory per object, ${objects} of 1 KB: ${what}`, unit: "bytes", wanted };
  };
  return [
    line(about("heap and buffers after the start", "≤ 1.7"), full.started.kept - empty.started.kept),
    line(about("heap and buffers after a list of all", "≤ 1.7"), full.listed.kept - empty.listed.kept),
    line(about("resident, with garbage, after the start", "told"), full.started.resident - empty.started.resident),
    line(about("resident, with garbage, after a list of all", "told"), full.listed.resident - empty.listed.resident),
  ];
}
