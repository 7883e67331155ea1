import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interleave, type Line, median } from "./measure.js";
import { residentMegabytes } from "./process-usage.js";
import { type Quarterdeck, startQuarterdeck } from "./subject.js";

/** As few native kinds as the default plugins do with. */
const FEW = {
  groups: [
    "authentication.k8s.io",
    "authorization.k8s.io",
    "coordination.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "rbac.authorization.k8s.io",
  ],
  resources: ["configmaps", "namespaces", "secrets", "serviceaccounts"],
};

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function idleMegabytes(start: () => Promise<Quarterdeck>): Promise<number> {
  const server = await start();
  await sleep(3000);
  const megabytes = residentMegabytes(server.pid);
  await server.stop();
  return megabytes;
}

/** What serving all native groups adds to the start and to the idle memory, beside a server of a few of them. */
export async function benchNative(rounds: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-native-"));
  const starter = (name: string, resources: unknown) => {
    const config = join(folder, `${name}.json`);
    writeFileSync(config, JSON.stringify({ resources: [resources] }));
    return () => startQuarterdeck({ config, folder: join(folder, name) });
  };
  const few = starter("few", ["kubernetes", FEW]);
  const all = starter("all", "kubernetes");
  const ready = (start: () => Promise<Quarterdeck>) => async () => {
    const server = await start();
    await server.stop();
    return server.readyMilliseconds;
  };
  const memory = async (start: () => Promise<Quarterdeck>) =>
    median([await idleMegabytes(start), await idleMegabytes(start), await idleMegabytes(start)]);
  try {
    // Each has its certificates and its first objects from here on.
    await ready(few)();
    await ready(all)();
    const started = { what: "exec to ready, all native groups / few kinds", unit: "ms", wanted: "+150 ms" };
    const start = await interleave(Math.max(rounds, 7), started, ready(few), ready(all));
    const [floor, ours] = [await memory(few), await memory(all)];
    const resident = { what: "resident memory, idle, all native groups / few kinds", unit: "MB", wanted: "+40 MB" };
    return [start, { ...resident, floor, ours, ratio: ours / floor }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
