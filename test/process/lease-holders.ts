import type { Stage, StagedServer } from "./stage.js";

/** Whether a server has said that it took the lease of a controller. */
export function tookLease({ process }: StagedServer, controller: string): boolean {
  return process.output
    .split("\n")
    .some((line) => line.includes("the lease of a controller was taken") && line.includes(`"${controller}"`));
}

/** Of two servers on one store the one that works as a controller, and the one that waits to. */
export function leaseHolders(
  { servers: [first, second] }: Stage,
  controller: string,
): { readonly working: StagedServer; readonly waiting: StagedServer } {
  if (first === undefined || second === undefined) throw new Error("there are not two servers");
  return tookLease(first, controller) ? { working: first, waiting: second } : { working: second, waiting: first };
}
