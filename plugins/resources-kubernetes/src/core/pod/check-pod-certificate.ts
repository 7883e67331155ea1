import type { FieldErrors } from "@quarterdeck/meta";
import { checkUserAnnotations } from "../../certificates/check-user-annotations.js";
import { checkSignerName, isSignerOfKubernetes } from "../../certificates/signer-name.js";
import { checkEnum } from "../../checks/check-enum.js";
import { checkUnreservedPath } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";
import type { ProjectedPaths } from "./projected-paths.js";

const KEY_TYPES = ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
const LEAST_EXPIRATION = 3600;
const MOST_EXPIRATION = 91 * 24 * 3600;
const MOST_EXPIRATION_OF_KUBERNETES = 24 * 3600;
const PATHS = ["credentialBundlePath", "keyPath", "certificateChainPath"] as const;

function checkExpiration(seconds: number, signerName: string, path: string, errors: FieldErrors): void {
  if (seconds < LEAST_EXPIRATION)
    errors.invalid(path, seconds, `if provided, maxExpirationSeconds must be >= ${LEAST_EXPIRATION}`);
  const most = isSignerOfKubernetes(signerName) ? MOST_EXPIRATION_OF_KUBERNETES : MOST_EXPIRATION;
  if (seconds > most) errors.invalid(path, seconds, `if provided, maxExpirationSeconds must be <= ${most}`);
}

/** A key and a certificate for the pod in a projected volume. */
export function checkPodCertificate(
  source: core.PodCertificateProjection,
  path: string,
  errors: FieldErrors,
  paths: ProjectedPaths,
): void {
  const { signerName = "", userAnnotations, keyType = "", maxExpirationSeconds } = source;
  checkSignerName(signerName, `${path}.signerName`, errors);
  if (userAnnotations !== undefined) checkUserAnnotations(userAnnotations, `${path}.userAnnotations`, errors);
  checkEnum(keyType, KEY_TYPES, `${path}.keyType`, errors);
  if (maxExpirationSeconds !== undefined)
    checkExpiration(maxExpirationSeconds, signerName, `${path}.maxExpirationSeconds`, errors);
  for (const field of PATHS) {
    const target = source[field];
    if (!target) continue;
    checkUnreservedPath(target, `${path}.${field}`, errors);
    paths.add(target);
  }
  if (PATHS.every((field) => !source[field]))
    errors.required(path, "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
}
