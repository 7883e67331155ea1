import type { FieldErrors } from "@quarterdeck/meta";
import { checkRange } from "../../checks/check-number.js";
import type * as core from "../../types/core-v1.js";

const IQN = /iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\t\n\f\r ]+$/;
const EUI = /^eui.[A-Za-z0-9]{16}$/u;
const NAA = /^naa.[A-Za-z0-9]{32}$/u;
/** Far more than the 223 of the specification: what is longer is not looked at, since the form has no fixed start. */
const LONGEST = 1024;
const BEGINNINGS = "must be valid format starting with iqn, eui, or naa";

function formOf(name: string): RegExp | undefined {
  if (name.startsWith("iqn")) return IQN;
  if (name.startsWith("eui")) return EUI;
  return name.startsWith("naa") ? NAA : undefined;
}

/** The name of a target or an initiator in one of three forms; `detail` is for one that begins like none of them. */
export function checkIscsiName(name: string, path: string, errors: FieldErrors, detail = BEGINNINGS): void {
  const form = formOf(name);
  if (form === undefined) errors.invalid(path, name, detail);
  else if (name.length > LONGEST || !form.test(name)) errors.invalid(path, name, "must be valid format");
}

/** Upstream's `validateISCSIVolumeSource`. */
export function checkIscsi(source: core.ISCSIVolumeSource, path: string, errors: FieldErrors): void {
  if (source.targetPortal === "") errors.required(`${path}.targetPortal`);
  if (source.iqn === "") errors.required(`${path}.iqn`);
  else checkIscsiName(source.iqn, `${path}.iqn`, errors);
  checkRange(source.lun, [0, 255], `${path}.lun`, errors);
  if ((source.chapAuthDiscovery || source.chapAuthSession) && source.secretRef === undefined)
    errors.required(`${path}.secretRef`);
  if (source.initiatorName !== undefined) checkIscsiName(source.initiatorName, `${path}.initiatorname`, errors);
}
