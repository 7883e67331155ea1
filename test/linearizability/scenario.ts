import type { StageOptions } from "../process/stage.js";
import {
  type Fault,
  killEtcd,
  killMember,
  killServer,
  partServer,
  pauseEtcd,
  pauseMember,
  pauseServer,
  restartEtcd,
  restartServer,
  setClock,
  slowServer,
} from "./fault.js";

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

/** Short, so that history is forgotten while it is recorded. */
const FORGETFUL = { compactionSeconds: 15 };
/** Short, so that an etcd that answers nothing is given up while it does. */
const IMPATIENT = { requestTimeoutSeconds: 2 };

/** All scenarios; `rounds` is how often a process is killed in those that do. */
export function scenarios(rounds: number): Scenario[] {
  const clocks = [setClock(5), setClock(-3), setClock(30), setClock(0)];
  const few = Math.ceil(rounds / 3);
  return [
    { name: "level-crash", storage: "level", servers: 1, faults: repeated(rounds, [killServer]) },
    {
      name: "level-clock",
      storage: "level",
      servers: 1,
      options: FORGETFUL,
      faults: [...clocks, pauseServer, restartServer, setClock(-1)],
    },
    {
      name: "etcd-servers",
      storage: "etcd3",
      servers: 3,
      options: IMPATIENT,
      faults: [partServer, slowServer, restartServer, ...clocks, pauseServer, partServer, slowServer],
    },
    {
      name: "etcd-crash",
      storage: "etcd3",
      servers: 2,
      options: { ...FORGETFUL, ...IMPATIENT },
      faults: repeated(rounds, [killEtcd, killServer, pauseEtcd, partServer, killEtcd, restartEtcd, pauseServer]),
    },
    {
      name: "etcd-members",
      storage: "etcd3",
      servers: 2,
      members: 3,
      options: IMPATIENT,
      faults: repeated(few, [killMember, pauseMember, killServer]),
    },
  ];
}
