import type { PriorityLevelConfigurationSpec } from "../types/flowcontrol-v1.js";

const SHARES = 30;
const QUEUING = { queues: 64, handSize: 8, queueLengthLimit: 50 } as const;
const QUEUING_FIELDS = ["queues", "handSize", "queueLengthLimit"] as const;

/** Fills in what a priority level leaves out, as upstream does: of queues, 0 stands for that; shares of 0 are kept. */
export function defaultPriorityLevel({ limited, exempt }: PriorityLevelConfigurationSpec): void {
  if (limited !== undefined) {
    limited.nominalConcurrencyShares ??= SHARES;
    limited.lendablePercent ??= 0;
    const { queuing } = limited.limitResponse;
    if (queuing !== undefined)
      for (const field of QUEUING_FIELDS) if (queuing[field] === 0) queuing[field] = QUEUING[field];
  }
  if (exempt !== undefined) {
    exempt.nominalConcurrencyShares ??= 0;
    exempt.lendablePercent ??= 0;
  }
}
