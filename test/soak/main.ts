import { etcdMissing } from "@quarterdeck/testing/etcd";
import { buildGoProgram, goMissing } from "../process/go-program.js";
import { Stage, type StageOptions } from "../process/stage.js";
import type { Follower } from "./follower.js";
import { startGoInformer } from "./go-informer.js";
import { startNodeInformer } from "./node-informer.js";
import { soak } from "./soak.js";

/** Short, so that history is forgotten many times while watchers come and go. */
const COMPACTION_SECONDS = 20;
const SHOWN = 20;

const seconds = Number(process.env.QUARTERDECK_SOAK_SECONDS ?? 30);
/** The same server runs on etcd for a part of that time, which is killed in its middle. */
const PART_ON_ETCD = 0.25;
const storages = ["level", ...(etcdMissing === undefined ? (["etcd3"] as const) : [])] as const;
const wanted = process.argv.slice(2);

const informer = goMissing === undefined ? await buildGoProgram("test/soak/informer-go") : undefined;
if (goMissing !== undefined) process.stdout.write(`the informer of client-go: skipped, ${goMissing}\n`);

async function run(storage: StageOptions["storage"]): Promise<boolean> {
  const stage = await Stage.start({ storage, servers: 1, options: { compactionSeconds: COMPACTION_SECONDS } });
  const followers: Follower[] = [];
  try {
    const kubeconfig = stage.servers[0]?.process.kubeconfig ?? "";
    followers.push(await startNodeInformer(kubeconfig));
    if (informer !== undefined) followers.push(await startGoInformer(informer, kubeconfig));
    const { summary, failures } = await soak(
      stage,
      followers,
      storage === "etcd3" ? Math.ceil(seconds * PART_ON_ETCD) : seconds,
    );
    process.stdout.write(`soak on ${storage}\n${summary.map((line) => `  ${line}\n`).join("")}`);
    for (const failure of failures.slice(0, SHOWN)) process.stdout.write(`  FAILED: ${failure}\n`);
    return failures.length === 0;
  } finally {
    for (const follower of followers) await follower.stop();
    await stage.stop();
  }
}

let failed = informer === undefined && process.env.QUARTERDECK_REQUIRE_TOOLS === "1";
for (const storage of storages) {
  if (wanted.length > 0 && !wanted.includes(storage)) continue;
  if (!(await run(storage))) failed = true;
}
process.exit(failed ? 1 : 0);
