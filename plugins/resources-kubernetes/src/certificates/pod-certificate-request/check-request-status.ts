import type { FieldErrors } from "@quarterdeck/meta";
import { checkConditions } from "../../checks/check-conditions.js";
import { sameJson } from "../../checks/same-json.js";
import type { PodCertificateRequestSpec, PodCertificateRequestStatus } from "../../types/certificates-v1beta1.js";
import { checkIssued } from "./check-issued.js";

const ENDS = ["Issued", "Denied", "Failed"];

function hasEnded({ conditions = [] }: PodCertificateRequestStatus, ...ends: readonly string[]): boolean {
  return conditions.some(({ type, status }) => ends.includes(type) && status === "True");
}

function checkEnds({ conditions = [] }: PodCertificateRequestStatus, errors: FieldErrors): void {
  let known = 0;
  for (const [index, { type, status }] of conditions.entries()) {
    // upstream's path has a dot before the bracket
    const path = `status.conditions.[${index}]`;
    if (!ENDS.includes(type)) {
      errors.notSupported(`${path}.type`, type, ENDS);
      continue;
    }
    known += 1;
    if (known > 1)
      errors.invalid(
        `${path}.type`,
        type,
        'There may be at most one condition with type "Issued", "Denied", or "Failed"',
      );
    if (status !== "True") errors.notSupported(`${path}.status`, status, ["True"]);
  }
}

/** What became of a request, which is said once; upstream's `ValidatePodCertificateRequestStatusUpdate`. */
export function checkRequestStatus(
  status: PodCertificateRequestStatus,
  old: { readonly spec: PodCertificateRequestSpec; readonly status: PodCertificateRequestStatus },
  errors: FieldErrors,
): void {
  checkEnds(status, errors);
  checkConditions(status.conditions, "status.conditions", errors);
  // what else may stand in a status depends on its conditions
  if (!errors.empty) return;
  const keep = (wanted: PodCertificateRequestStatus, why: string): void => {
    if (!sameJson(status, wanted)) errors.add("FieldValueInvalid", "status", `Invalid value: ${why}`);
  };
  const { conditions } = status;
  if (hasEnded(old.status, ...ENDS))
    keep(old.status, "immutable after PodCertificateRequest is issued, denied, or failed");
  else if (hasEnded(status, "Denied", "Failed"))
    keep(
      conditions === undefined ? {} : { conditions },
      "non-condition status fields must be empty when denying or failing the PodCertificateRequest",
    );
  else if (hasEnded(status, "Issued")) checkIssued(status, old.spec, errors);
  else keep(old.status, 'status is immutable unless transitioning to "Issued", "Denied", or "Failed"');
}
