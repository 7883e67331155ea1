import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { benchCreateCpu, benchCreateLatency } from "./create.js";
import { fixture } from "./fixture.js";
import { benchGet } from "./get.js";
import { benchList, benchListMemory } from "./list.js";
import { inParallel, openSession, request } from "./load.js";
import type { Line } from "./measure.js";
import { benchIdleMemory, benchStart } from "./start.js";
import { type Subject, startFloor, startQuarterdeck } from "./subject.js";
import { benchWatch } from "./watch.js";

const rounds = Number(process.env.QUARTERDECK_BENCH_ROUNDS ?? 5);
const only = process.argv.slice(2);
const wanted = (name: string) => only.length === 0 || only.includes(name);

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

function print(lines: readonly Line[]): void {
  const cpu = cpus()[0]?.model ?? "unknown CPU";
  process.stdout.write(
    `\nNode ${process.version}, ${cpus().length} x ${cpu}, ${rounds} interleaved rounds, medians\n\n`,
  );
  process.stdout.write("| what | unit | floor | ours | ratio | wanted |\n|---|---|---|---|---|---|\n");
  for (const { what, unit, floor, ours, ratio, wanted: most } of lines) {
    const cells = [what, unit, floor.toFixed(2), ours.toFixed(2), ratio.toFixed(2), most];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
  }
}

const lines: Line[] = [];
const measure = async (name: string, run: () => Promise<Line>) => {
  if (!wanted(name)) return;
  process.stderr.write(`measuring ${name} …\n`);
  lines.push(await run());
};

// One start before the others makes the certificates that all of them use.
const first = await startQuarterdeck();
const folder = first.folder;
const floor = await startFloor(first.credentials, join(folder, "pki"));
try {
  const session = await openSession(first.credentials);
  const object = Buffer.from(JSON.stringify(fixture("bench-get", 1)));
  await request(session, "POST", "/api/v1/namespaces/default/configmaps", object);
  session.close();
  await measure("get", () => benchGet(rounds, first, floor));
  if (wanted("list")) {
    for (const objects of [1000, 10_000]) {
      const path = await fill(first, `bench-${objects}`, objects);
      await measure("list", () => benchList(rounds, first, floor, objects, path));
      if (objects === 10_000) await measure("list", () => benchListMemory(first, path));
    }
  }
  await measure("watch", () => benchWatch(rounds, first, floor, "0"));
  await measure("create", () => benchCreateCpu(rounds, first, floor));
  await measure("create", () => benchCreateLatency(rounds, first, floor));
} finally {
  await floor.stop();
  await first.stop();
}

if (wanted("start")) {
  const again = await startQuarterdeck();
  await again.stop(true);
  await measure("start", () => benchStart(Math.max(rounds, 7), again.folder));
  await measure("start", () => benchIdleMemory(again.folder));
  rmSync(again.folder, { recursive: true, force: true });
}
print(lines);
