import type { DeviceClaim } from "../types/resource-v1.js";
import type { DeviceClaim as FlatClaim } from "../types/resource-v1beta1.js";

/** How many devices a request wants; all parts of requests have these two. */
interface Amount {
  allocationMode?: string;
  count?: number;
}

/** One device when it does not say; as upstream's defaults of requests have it. */
function defaultAmount(request: Amount): void {
  request.allocationMode ??= "ExactCount";
  if (request.allocationMode === "ExactCount") request.count ??= 1;
}

/** What the requests of a claim want when they do not say. */
export function defaultClaim({ requests }: DeviceClaim): void {
  for (const { exactly, firstAvailable = [] } of requests ?? []) {
    if (exactly !== undefined) defaultAmount(exactly);
    for (const one of firstAvailable) defaultAmount(one);
  }
}

/** The same of a claim of v1beta1, whose requests want something themselves when they name a class. */
export function defaultFlatClaim({ requests }: FlatClaim): void {
  for (const request of requests ?? []) {
    if (request.deviceClassName !== "") defaultAmount(request);
    for (const one of request.firstAvailable ?? []) defaultAmount(one);
  }
}
