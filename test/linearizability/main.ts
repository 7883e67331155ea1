import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { etcdMissing } from "@quarterdeck/testing/etcd";
import { buildGoProgram, goMissing } from "../process/go-program.js";
import { Stage } from "../process/stage.js";
import { record } from "./record.js";
import { type Scenario, scenarios } from "./scenario.js";

const CHECKER = "test/linearizability/checker";

/** Records a scenario and has it judged; what it wrote is kept when it is refused. */
async function prove(scenario: Scenario, checker: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-history-"));
  const file = join(folder, `${scenario.name}.jsonl`);
  const started = performance.now();
  const stage = await Stage.start({ ...scenario, clocks: true });
  try {
    const lines = await record(scenario, stage, file);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    process.stdout.write(
      `${scenario.name}: ${lines} lines recorded in ${seconds} s, ${scenario.faults.length} faults\n`,
    );
  } catch (error) {
    for (const { process } of stage.servers) console.error(process.output);
    throw error;
  } finally {
    await stage.stop();
  }
  const { status } = spawnSync(checker, [file], { stdio: "inherit" });
  if (status === 0) await rm(folder, { recursive: true });
  else process.stdout.write(`${scenario.name}: REFUSED; the history is ${file}\n`);
  return status === 0;
}

const rounds = Number(process.env.QUARTERDECK_CRASH_ROUNDS ?? 5);
const wanted = process.argv.slice(2);

if (goMissing !== undefined) {
  process.stdout.write(`linearizability: skipped, ${goMissing}\n`);
  process.exit(process.env.QUARTERDECK_REQUIRE_TOOLS === "1" ? 1 : 0);
}
if (etcdMissing !== undefined) process.stdout.write(`scenarios with etcd: skipped, ${etcdMissing}\n`);
const checker = await buildGoProgram(CHECKER);
let refused = 0;
for (const scenario of scenarios(rounds)) {
  if (wanted.length > 0 && !wanted.includes(scenario.name)) continue;
  if (scenario.storage === "etcd3" && etcdMissing !== undefined) continue;
  if (!(await prove(scenario, checker))) refused += 1;
}
process.exit(refused === 0 ? 0 : 1);
