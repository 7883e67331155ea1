import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkSignerName } from "../../certificates/signer-name.js";
import { checkEnum } from "../../checks/check-enum.js";
import { checkUnreservedPath } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";
import type { ProjectedPaths } from "./projected-paths.js";

const KEY_TYPES = ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
const LEAST_EXPIRATION = 3600;
const MOST_EXPIRATION = 91 * 24 * 3600;
const MOST_EXPIRATION_OF_KUBERNETES = 24 * 3600;
const MAX_ANNOTATION_BYTES = 262_144;
const PATHS = ["credentialBundlePath", "keyPath", "certificateChainPath"] as const;

/** Annotations for the signer, whose keys have a domain; upstream's `ValidateUserAnnotations`. */
function checkUserAnnotations(
  annotations: { readonly [key: string]: string },
  path: string,
  errors: FieldErrors,
): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    const lower = key.toLowerCase();
    const problems = qualifiedNameErrors(lower);
    if (lower === "") errors.required(path);
    else if (problems.length > 0) errors.invalidEach(path, lower, problems);
    else if (!lower.includes("/")) errors.invalid(path, lower, 'must be a domain-prefixed key (such as "acme.io/foo")');
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > MAX_ANNOTATION_BYTES) errors.tooLong(path, MAX_ANNOTATION_BYTES);
}

function checkExpiration(seconds: number, signerName: string, path: string, errors: FieldErrors): void {
  if (seconds < LEAST_EXPIRATION)
    errors.invalid(path, seconds, `if provided, maxExpirationSeconds must be >= ${LEAST_EXPIRATION}`);
  const [domain = ""] = signerName.split("/");
  const ofKubernetes = domain === "kubernetes.io" || domain.endsWith(".kubernetes.io");
  const most = ofKubernetes ? MOST_EXPIRATION_OF_KUBERNETES : MOST_EXPIRATION;
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
