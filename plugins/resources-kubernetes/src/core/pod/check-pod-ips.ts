import { type FieldErrors, IpAddress } from "@quarterdeck/meta";
import { checkLegacyIp } from "../../checks/check-ip.js";
import type * as core from "../../types/core-v1.js";

interface Holder {
  readonly ip: string;
}

/** As upstream prints it, which has another name for the field inside. */
function inside(holders: readonly Holder[]): object[] | null {
  return holders.length === 0 ? null : holders.map(({ ip }) => ({ IP: ip }));
}

function checkAddresses(
  holders: readonly Holder[],
  old: readonly Holder[] | undefined,
  path: string,
  errors: FieldErrors,
): void {
  const known = (old ?? []).map(({ ip }) => ip);
  for (const [index, { ip }] of holders.entries()) checkLegacyIp(ip, `${path}[${index}]`, errors, known);
  if (holders.length < 2) return;
  const families = holders.map(({ ip }) => IpAddress.parse(ip)?.family);
  const wrong = families.indexOf(undefined);
  if (wrong !== -1) {
    const why = `failed to check for dual stack with error:invalid IP[${wrong}]: ${holders[wrong]?.ip ?? ""}`;
    errors.add("InternalError", path, `Internal error: ${why}`);
  }
  if (wrong !== -1 || new Set(families).size !== 2 || holders.length > 2)
    errors.invalid(path, inside(holders), "may specify no more than one IP for each IP family");
}

/** The addresses of a pod and of its host: of each family one; upstream's `validatePodIPs` and `validateHostIPs`. */
export function checkPodIps(status: core.PodStatus, old: core.PodStatus, errors: FieldErrors): void {
  const { podIP = "", podIPs = [], hostIP = "", hostIPs = [] } = status;
  checkAddresses(podIPs, old.podIPs, "status.podIPs", errors);
  const [first] = podIPs;
  if ((podIP !== "") !== (first !== undefined)) {
    const detail = "podIP and podIPs must either both be set or both be unset";
    errors.invalid("status.podIPs", inside(podIPs), detail);
  } else if (first !== undefined && podIP !== first.ip)
    errors.invalid("status.podIPs[0].ip", first.ip, "must be equal to `podIP`");
  const [firstHost] = hostIPs;
  if (firstHost !== undefined && hostIP !== firstHost.ip)
    errors.invalid("status.hostIPs[0].ip", firstHost.ip, "must be equal to `hostIP`");
  checkAddresses(hostIPs, old.hostIPs, "status.hostIPs", errors);
}
