import type { StageOptions } from "../process/stage.js";
import { type Fault, killEtcd, killServer, pauseEtcd, restartEtcd, restartServer, setClock } from "./fault.js";

/** What is recorded: on which processes, and what goes wrong meanwhile. */
export interface Scenario extends StageOptions {
  readonly name: string;
  readonly faults: readonly Fault[];
}

function repeated(rounds: number, faults: readonly Fault[]): Fault[] {
  return Array.from({ length: rounds }, (_, round) => faults[round % faults.length]).filter(
    (fault): fault is Fault => fault !== undefined,
  );
}

/** All scenarios; `rounds` is how often a process is killed in those that do. */
export function scenarios(rounds: number): Scenario[] {
  const clocks = [setClock(5), setClock(-3), setClock(30), setClock(0)];
  return [
    { name: "level-crash", storage: "level", servers: 1, faults: repeated(rounds, [killServer]) },
    { name: "level-clock", storage: "level", servers: 1, faults: [...clocks, restartServer, setClock(-1)] },
    { name: "etcd-servers", storage: "etcd3", servers: 3, faults: [restartServer, ...clocks] },
    {
      name: "etcd-crash",
      storage: "etcd3",
      servers: 2,
      faults: repeated(rounds, [killEtcd, killServer, pauseEtcd, restartEtcd, killEtcd]),
    },
  ];
}
