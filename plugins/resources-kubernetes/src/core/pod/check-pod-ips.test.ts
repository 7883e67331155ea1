import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import type * as core from "../../types/core-v1.js";
import { checkPodIps } from "./check-pod-ips.js";

// defaults make the first of the list and the address the same, so this is what others write past them
it.each<[core.PodStatus, ...string[]]>([
  [
    { podIP: "1.2.3.4" },
    "status.podIPs: Invalid value: null: podIP and podIPs must either both be set or both be unset",
  ],
  [
    { podIPs: [{ ip: "::1" }] },
    'status.podIPs: Invalid value: [{"IP":"::1"}]: podIP and podIPs must either both be set or both be unset',
  ],
  [
    { podIP: "1.2.3.4", podIPs: [{ ip: "4.3.2.1" }, { ip: "1.2.3.4" }] },
    'status.podIPs: Invalid value: [{"IP":"4.3.2.1"},{"IP":"1.2.3.4"}]: may specify no more than one IP for each IP family',
    'status.podIPs[0].ip: Invalid value: "4.3.2.1": must be equal to `podIP`',
  ],
  [
    { podIP: "1.2.3.4", podIPs: [{ ip: "1.2.3.4" }, { ip: "::1" }, { ip: "::2" }] },
    'status.podIPs: Invalid value: [{"IP":"1.2.3.4"},{"IP":"::1"},{"IP":"::2"}]: may specify no more than one IP for each IP family',
  ],
])("refuses the addresses of %j", (status, ...expected) => {
  const errors = new FieldErrors();
  checkPodIps(status, {}, errors);
  expect(errors.list.map(({ field, message }) => `${field}: ${message}`)).toEqual(expected);
});
