import type { ObjectMeta } from "@quarterdeck/meta";
import { ipWarning } from "../../checks/check-ip.js";
import type * as core from "../../types/core-v1.js";

const MANAGED_BY = "endpoints.kubernetes.io/managed-by";
const CONTROLLER = "endpoint-controller";

/** What to say of addresses that should be written otherwise; the controller of endpoints writes them well. */
export function addressWarnings(metadata: ObjectMeta, subsets: core.Endpoints["subsets"]): string[] {
  if (metadata.labels?.[MANAGED_BY] === CONTROLLER) return [];
  const warningsOf = (addresses: readonly core.EndpointAddress[] | undefined, path: string) =>
    (addresses ?? []).flatMap(({ ip }, index) => ipWarning(ip, `${path}[${index}].ip`) ?? []);
  return (subsets ?? []).flatMap(({ addresses, notReadyAddresses }, index) => [
    ...warningsOf(addresses, `subsets[${index}].addresses`),
    ...warningsOf(notReadyAddresses, `subsets[${index}].notReadyAddresses`),
  ]);
}
