import { mkdtempSync, rmSync } from "node:fs";
import type { ClientHttp2Session } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixture } from "./fixture.js";
import { listMeta, openSession, request } from "./load.js";
import { cpuPerOperation, type Heading, interleaveAll, type Line, type Measurement, medianLatency } from "./measure.js";
import { seed, seededName } from "./seed.js";
import { type Quarterdeck, startQuarterdeck } from "./subject.js";

const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
const GETS = 3000;
const CREATES = 1000;
const LISTS = 300;
const PAGES = 20;
const WALKS = 10;

/** A server that holds so many objects. */
interface Filled {
  readonly objects: number;
  readonly server: Quarterdeck;
  readonly session: ClientHttp2Session;
}

/** What is measured of each size. */
type Probe = (filled: Filled) => Measurement;

let generation = 0;

const get: Probe =
  ({ session, objects }) =>
  () =>
    medianLatency(GETS, async (index) => {
      // A large prime: each request asks for another object, far from the last one.
      const path = `${CONFIG_MAPS}/${seededName((index * 7_368_787) % objects)}`;
      const { status } = await request(session, "GET", path);
      if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    });

const create: Probe =
  ({ session }) =>
  () => {
    generation += 1;
    return medianLatency(CREATES, async (index) => {
      const body = Buffer.from(JSON.stringify(fixture(`created-${generation}-${index}`, index)));
      const { status } = await request(session, "POST", CONFIG_MAPS, body);
      if (status !== 201) throw new Error(`POST ${CONFIG_MAPS} answered ${status}`);
    });
  };

async function firstPage(session: ClientHttp2Session): Promise<void> {
  const { status, bytes } = await request(session, "GET", `${CONFIG_MAPS}?limit=500`);
  if (status !== 200 || bytes < 400_000) throw new Error(`LIST answered ${status} with ${bytes} bytes`);
}

const listLatency: Probe =
  ({ session }) =>
  () =>
    medianLatency(LISTS, () => firstPage(session));

const listCpu: Probe =
  ({ server, session }) =>
  () =>
    cpuPerOperation(server.pid, LISTS, async () => {
      for (let list = 0; list < LISTS; list += 1) await firstPage(session);
    });

/** Pages as clients go through them, each behind the last one. */
const walkCpu: Probe =
  ({ server, session }) =>
  () =>
    cpuPerOperation(server.pid, PAGES * WALKS, async () => {
      for (let walk = 0; walk < WALKS; walk += 1) await walkPages(session);
    });

async function walkPages(session: ClientHttp2Session): Promise<void> {
  let token = "";
  for (let page = 0; page < PAGES; page += 1) {
    const meta = await listMeta(session, `${CONFIG_MAPS}?limit=500&continue=${encodeURIComponent(token)}`);
    token = meta.continue ?? "";
  }
}

const PROBES: readonly (Heading & { readonly probe: Probe })[] = [
  { what: "GET", unit: "ms p50", wanted: "≤ 1.3", probe: get },
  { what: "LIST limit=500, first page", unit: "ms p50", wanted: "≤ 1.2", probe: listLatency },
  { what: "LIST limit=500, first page", unit: "µs CPU", wanted: "≤ 1.2", probe: listCpu },
  { what: "LIST limit=500, 20 pages in a row", unit: "µs CPU", wanted: "≤ 1.2", probe: walkCpu },
  // The last one, since it adds objects.
  { what: "CREATE, durable", unit: "ms p50", wanted: "≤ 1.3", probe: create },
];

async function fill(objects: number): Promise<Filled> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-scale-"));
  await seed(folder, objects);
  const server = await startQuarterdeck({ folder });
  return { objects, server, session: await openSession(server.credentials) };
}

/** What requests cost with many objects of 1 KB, beside what they cost with the first of the sizes. */
export async function benchScale(rounds: number, sizes: readonly number[]): Promise<Line[]> {
  const filled: Filled[] = [];
  try {
    for (const objects of sizes) filled.push(await fill(objects));
    const [least, ...more] = filled;
    if (least === undefined) return [];
    const lines: Line[] = [];
    for (const { probe, ...heading } of PROBES) {
      // The first use of a path is its compilation.
      for (const one of filled) await probe(one)();
      const subjects = more.map((one): [Heading, Measurement] => {
        const what = `${heading.what}: ${one.objects} / ${least.objects} objects`;
        return [{ ...heading, what }, probe(one)];
      });
      lines.push(...(await interleaveAll(rounds, probe(least), subjects)));
    }
    return lines;
  } finally {
    for (const { server, session } of filled) {
      session.close();
      await server.stop();
      rmSync(server.folder, { recursive: true, force: true });
    }
  }
}
