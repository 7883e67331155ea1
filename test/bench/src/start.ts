import { rmSync } from "node:fs";
import { join } from "node:path";
import { interleave, type Line } from "./measure.js";
import { residentMegabytes } from "./process-usage.js";
import { startBare, startQuarterdeck } from "./subject.js";

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** From exec to the first answer of `/readyz`, on a data folder that has its certificates, beside a bare TLS server. */
function benchStart(rounds: number, folder: string): Promise<Line> {
  const floor = async () => {
    const bare = await startBare(join(folder, "pki"));
    await bare.stop();
    return bare.readyMilliseconds;
  };
  const ours = async () => {
    const server = await startQuarterdeck({ folder });
    await server.stop();
    return server.readyMilliseconds;
  };
  return interleave(rounds, { what: "exec to ready, default config", unit: "ms", wanted: "≤ 3" }, floor, ours);
}

/** Resident memory three seconds after an idle start. */
async function benchIdleMemory(folder: string): Promise<Line> {
  const bare = await startBare(join(folder, "pki"));
  const server = await startQuarterdeck({ folder });
  await sleep(3000);
  const floor = residentMegabytes(bare.pid);
  const ours = residentMegabytes(server.pid);
  await Promise.all([bare.stop(), server.stop()]);
  return { what: "resident memory, idle", unit: "MB", floor, ours, ratio: ours / floor, wanted: "< 130 MB" };
}

/** The start and the idle memory of a server whose data folder is there already. */
export async function benchStarts(rounds: number): Promise<Line[]> {
  const { folder, stop } = await startQuarterdeck();
  await stop(true);
  try {
    return [await benchStart(Math.max(rounds, 7), folder), await benchIdleMemory(folder)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
