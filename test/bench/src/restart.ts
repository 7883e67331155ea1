import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interleaveAll, type Line, type Measurement } from "./measure.js";
import { seed } from "./seed.js";
import { startQuarterdeck } from "./subject.js";

/** From exec to ready on stores with so many objects, beside an empty one; all have their certificates. */
export async function benchRestart(rounds: number, sizes: readonly number[]): Promise<Line[]> {
  const folders: string[] = [];
  const starter = async (objects: number): Promise<Measurement> => {
    const folder = mkdtempSync(join(tmpdir(), "quarterdeck-restart-"));
    folders.push(folder);
    await seed(folder, objects);
    const ready = async () => {
      const server = await startQuarterdeck({ folder });
      await server.stop();
      return server.readyMilliseconds;
    };
    await ready();
    return ready;
  };
  try {
    const empty = await starter(0);
    const subjects: [{ what: string; unit: string; wanted: string }, Measurement][] = [];
    for (const objects of sizes) {
      const wanted = `< ${(objects / 50_000) * 1000} ms`;
      subjects.push([{ what: `exec to ready, ${objects} objects / none`, unit: "ms", wanted }, await starter(objects)]);
    }
    return await interleaveAll(rounds, empty, subjects);
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}
