import type { FieldErrors } from "@quarterdeck/meta";
import { checkEnum } from "../../checks/check-enum.js";
import type { CSIDriverSpec, TokenRequest } from "../../types/storage-v1.js";

const GROUP_POLICIES = ["File", "None", "ReadWriteOnceWithFSType"];
const LIFECYCLES = ["Persistent", "Ephemeral"];
const LEAST_LIFETIME = 600;
const MOST_LIFETIME = 2 ** 32;
const LEAST_PERIOD = 10;

/** Each audience once, with a lifetime that tokens can have. */
function checkTokenRequests(requests: readonly TokenRequest[], path: string, errors: FieldErrors): void {
  const audiences = new Set<string>();
  for (const [index, { audience, expirationSeconds: seconds }] of requests.entries()) {
    const at = `${path}[${index}]`;
    if (audiences.has(audience)) {
      errors.duplicate(`${at}.audience`, audience);
      continue;
    }
    audiences.add(audience);
    if (seconds === undefined) continue;
    const where = `${at}.expirationSeconds`;
    if (seconds < LEAST_LIFETIME) errors.invalid(where, seconds, "may not specify a duration less than 10 minutes");
    if (seconds > MOST_LIFETIME) errors.invalid(where, seconds, "may not specify a duration larger than 2^32 seconds");
  }
}

/** How a CSI driver wants to be used, after defaulting; upstream's `validateCSIDriverSpec`. */
export function checkCsiDriver(spec: CSIDriverSpec, errors: FieldErrors): void {
  const { fsGroupPolicy, tokenRequests = [], volumeLifecycleModes = [] } = spec;
  if (fsGroupPolicy !== undefined) checkEnum(fsGroupPolicy, GROUP_POLICIES, "spec.fsGroupPolicy", errors);
  checkTokenRequests(tokenRequests, "spec.tokenRequests", errors);
  for (const mode of volumeLifecycleModes) checkEnum(mode, LIFECYCLES, "spec.volumeLifecycleModes", errors);
  const { nodeAllocatableUpdatePeriodSeconds: period, serviceAccountTokenInSecrets: secret } = spec;
  if (period !== undefined && period < LEAST_PERIOD)
    errors.invalid(
      "spec.nodeAllocatableUpdatePeriodSeconds",
      period,
      `must be greater than or equal to ${LEAST_PERIOD} seconds`,
    );
  if (secret !== undefined && tokenRequests.length === 0) {
    const detail = "serviceAccountTokenInSecrets is set but no tokenRequests are specified";
    errors.invalid("spec.serviceAccountTokenInSecrets", secret, detail);
  }
}
