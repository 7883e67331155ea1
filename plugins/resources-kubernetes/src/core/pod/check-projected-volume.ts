import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkSignerName } from "../../certificates/signer-name.js";
import { checkLabelSelector } from "../../checks/check-label-selector.js";
import { checkFileMode } from "../../checks/check-number.js";
import { checkUnreservedPath } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";
import { checkDownwardFile, checkKeyToPath } from "./check-files.js";
import { checkPodCertificate } from "./check-pod-certificate.js";
import type { PodAllowances } from "./pod-allowances.js";
import { ProjectedPaths } from "./projected-paths.js";

const LEAST_EXPIRATION = 600;
const MOST_EXPIRATION = 2 ** 32;

function checkItems(
  { name = "", items = [] }: core.SecretProjection | core.ConfigMapProjection,
  path: string,
  errors: FieldErrors,
  paths: ProjectedPaths,
): void {
  if (name === "") errors.required(`${path}.name`);
  for (const [index, item] of items.entries()) {
    checkKeyToPath(item, `${path}.items[${index}]`, errors);
    if (item.path !== "") paths.add(item.path, name);
  }
}

function checkToken(
  { expirationSeconds, path: target }: core.ServiceAccountTokenProjection,
  path: string,
  volumePath: string,
  errors: FieldErrors,
  allow: PodAllowances,
): void {
  const at = `${path}.expirationSeconds`;
  if (expirationSeconds === undefined) errors.required(at);
  else if (expirationSeconds < LEAST_EXPIRATION)
    errors.invalid(at, expirationSeconds, "may not specify a duration less than 10 minutes");
  else if (expirationSeconds > MOST_EXPIRATION)
    errors.invalid(at, expirationSeconds, "may not specify a duration larger than 2^32 seconds");
  if (target === "") errors.required(`${volumePath}.path`);
  else if (allow.tokenPaths !== true) checkUnreservedPath(target, `${volumePath}.path`, errors);
}

/** Upstream's `ValidateClusterTrustBundleName` with the signer that the name begins with. */
function bundleNameErrors(name: string): readonly string[] {
  const colon = name.lastIndexOf(":");
  if (colon === -1) return dns1123SubdomainErrors(name);
  if (colon === 0) return ['ClusterTrustBundle without signer name must not have ":" in its name'];
  const prefix = name.slice(0, colon + 1);
  if (!prefix.includes("/")) return dns1123SubdomainErrors(name.slice(colon + 1));
  const signer = name.slice(0, colon).replaceAll(":", "/");
  return [`ClusterTrustBundle for signerName ${signer} must be named with prefix ${prefix.replaceAll("/", ":")}`];
}

function checkBundle(source: core.ClusterTrustBundleProjection, path: string, errors: FieldErrors): void {
  const { name, signerName, labelSelector } = source;
  if (name !== undefined && signerName !== undefined) {
    const { optional = null, path: target } = source;
    // the names that the fields have inside upstream, since it prints them so
    const inside = { Name: name, SignerName: signerName, LabelSelector: labelSelector ?? null, Optional: optional };
    errors.invalid(path, { ...inside, Path: target }, "only one of name and signerName may be used");
  } else if (name !== undefined) {
    if (name === "") errors.required(`${path}.name`, "must be a valid object name");
    for (const problem of bundleNameErrors(name))
      errors.invalid(`${path}.name`, name, `not a valid clustertrustbundlename: ${problem}`);
    if (labelSelector !== undefined)
      errors.invalid(`${path}.labelSelector`, labelSelector, "labelSelector must be unset if name is specified");
  } else if (signerName !== undefined) {
    if (signerName === "") errors.required(`${path}.signerName`, "must be a valid signer name");
    checkSignerName(signerName, `${path}.signerName`, errors);
    if (labelSelector !== undefined) checkLabelSelector(labelSelector, `${path}.labelSelector`, errors);
  } else errors.required(path, "either name or signerName must be specified");
}

function checkSource(
  source: core.VolumeProjection,
  path: string,
  volumePath: string,
  errors: FieldErrors,
  allow: PodAllowances,
  paths: ProjectedPaths,
): void {
  const { secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = source;
  if (secret !== undefined) checkItems(secret, `${path}.secret`, errors, paths);
  if (configMap !== undefined) checkItems(configMap, `${path}.configMap`, errors, paths);
  for (const file of downwardAPI?.items ?? []) {
    checkDownwardFile(file, `${path}.downwardAPI`, errors);
    if (file.path !== "") paths.add(file.path);
  }
  if (serviceAccountToken !== undefined)
    checkToken(serviceAccountToken, `${path}.serviceAccountToken`, volumePath, errors, allow);
  if (clusterTrustBundle !== undefined) {
    const at = `${path}.clusterTrustBundle`;
    checkBundle(clusterTrustBundle, at, errors);
    if (clusterTrustBundle.path === "") errors.required(`${at}.path`);
    checkUnreservedPath(clusterTrustBundle.path, `${at}.path`, errors);
    paths.add(clusterTrustBundle.path);
  }
  if (podCertificate !== undefined) checkPodCertificate(podCertificate, `${path}.podCertificate`, errors, paths);
  if (Object.values(source).filter((one) => one !== undefined).length > 1)
    errors.forbidden(path, "may not specify more than 1 volume type per source");
}

/** Upstream's `validateProjectedVolumeSource`. */
export function checkProjectedVolume(
  { sources, defaultMode }: core.ProjectedVolumeSource,
  path: string,
  errors: FieldErrors,
  allow: PodAllowances,
): void {
  checkFileMode(defaultMode, `${path}.defaultMode`, errors);
  const paths = new ProjectedPaths(path, errors);
  for (const [index, source] of (sources ?? []).entries())
    checkSource(source, `${path}.sources[${index}]`, path, errors, allow, paths);
}
