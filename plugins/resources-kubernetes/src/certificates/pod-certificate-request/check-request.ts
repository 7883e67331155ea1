import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import type { PodCertificateRequestSpec } from "../../types/certificates-v1beta1.js";
import { checkUserAnnotations } from "../check-user-annotations.js";
import { checkSignerName, isSignerOfKubernetes } from "../signer-name.js";
import { checkRequestedKey } from "./requested-key.js";

const LEAST_SECONDS = 3600;
const MOST_SECONDS = 91 * 24 * 3600;
const MOST_SECONDS_OF_KUBERNETES = 24 * 3600;
const MAX_UID_BYTES = 128;
const OBJECTS = [
  ["podName", "podUID"],
  ["serviceAccountName", "serviceAccountUID"],
  ["nodeName", "nodeUID"],
] as const;

/** For which pod what certificate is asked; upstream's `ValidatePodCertificateRequestCreate`. */
export function checkRequest(spec: PodCertificateRequestSpec, errors: FieldErrors): void {
  const { signerName, unverifiedUserAnnotations: annotations, maxExpirationSeconds: seconds } = spec;
  checkSignerName(signerName, "spec.signerName", errors);
  if (annotations !== undefined) checkUserAnnotations(annotations, "spec.unverifiedUserAnnotations", errors);
  for (const [nameField, uidField] of OBJECTS) {
    const [name, uid] = [spec[nameField], spec[uidField]];
    errors.invalidEach(`spec.${nameField}`, name, dns1123SubdomainErrors(name));
    if (uid === "") errors.invalid(`spec.${uidField}`, uid, "must not be empty");
    if (Buffer.byteLength(uid) > MAX_UID_BYTES) errors.tooLong(`spec.${uidField}`, MAX_UID_BYTES);
  }
  const path = "spec.maxExpirationSeconds";
  if (seconds === undefined) {
    errors.required(path, "must be set");
    return;
  }
  const most = isSignerOfKubernetes(signerName) ? MOST_SECONDS_OF_KUBERNETES : MOST_SECONDS;
  if (seconds < LEAST_SECONDS || seconds > most)
    errors.invalid(path, seconds, `must be in the range [${LEAST_SECONDS}, ${most}]`);
  checkRequestedKey(spec, errors);
}
