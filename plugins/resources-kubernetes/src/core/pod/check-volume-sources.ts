import { dns1123LabelErrors, type FieldErrors, nameErrors } from "@quarterdeck/meta";
import { checkCsiDriverName } from "../../checks/check-csi-driver-name.js";
import { checkEnum } from "../../checks/check-enum.js";
import { checkRange } from "../../checks/check-number.js";
import { checkDescendingPath, checkNoBacksteps } from "../../checks/check-path.js";
import type * as core from "../../types/core-v1.js";

const HOST_PATH_TYPES = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];
const PARTITIONS = "must be between 1 and 255, inclusive";
const MAX_TENANT = 64;
const HOST_AND_PORT = "must be a host:port pair or multiple pairs separated by commas";

function need(value: string | undefined, path: string, errors: FieldErrors): void {
  if (value === undefined || value === "") errors.required(path);
}

function needSecretName(secret: core.LocalObjectReference | undefined, path: string, errors: FieldErrors): void {
  if (secret !== undefined) need(secret.name, `${path}.secretRef.name`, errors);
}

/** Upstream's `validateHostPathVolumeSource`. */
export function checkHostPath(
  { path: target, type }: core.HostPathVolumeSource,
  path: string,
  errors: FieldErrors,
): void {
  if (target === "") {
    errors.required(`${path}.path`);
    return;
  }
  checkNoBacksteps(target, `${path}.path`, errors);
  if (type !== undefined) checkEnum(type, HOST_PATH_TYPES, `${path}.type`, errors);
}

/** Upstream's `validateGitRepoVolumeSource`. */
export function checkGitRepo(source: core.GitRepoVolumeSource, path: string, errors: FieldErrors): void {
  need(source.repository, `${path}.repository`, errors);
  checkDescendingPath(source.directory ?? "", `${path}.directory`, errors);
}

function checkPartition(partition = 0, path: string, errors: FieldErrors): void {
  if (partition < 0 || partition > 255) errors.invalid(`${path}.partition`, partition, PARTITIONS);
}

/** Upstream's `validateGCEPersistentDiskVolumeSource`. */
export function checkGcePersistentDisk(
  source: core.GCEPersistentDiskVolumeSource,
  path: string,
  errors: FieldErrors,
): void {
  need(source.pdName, `${path}.pdName`, errors);
  checkPartition(source.partition, path, errors);
}

/** Upstream's `validateAWSElasticBlockStoreVolumeSource`. */
export function checkAwsElasticBlockStore(
  source: core.AWSElasticBlockStoreVolumeSource,
  path: string,
  errors: FieldErrors,
): void {
  need(source.volumeID, `${path}.volumeID`, errors);
  checkPartition(source.partition, path, errors);
}

/** Upstream's `validatePersistentClaimVolumeSource`. */
export function checkClaimSource(
  source: core.PersistentVolumeClaimVolumeSource,
  path: string,
  errors: FieldErrors,
): void {
  need(source.claimName, `${path}.claimName`, errors);
}

/** Upstream's `validateNFSVolumeSource`. */
export function checkNfs(source: core.NFSVolumeSource, path: string, errors: FieldErrors): void {
  need(source.server, `${path}.server`, errors);
  need(source.path, `${path}.path`, errors);
  if (!source.path.startsWith("/")) errors.invalid(`${path}.path`, source.path, "must be an absolute path");
}

/** What Go's `net.SplitHostPort` takes. */
function isHostAndPort(text: string): boolean {
  const colon = text.lastIndexOf(":");
  if (colon === -1) return false;
  if (!text.startsWith("[")) return !/[:[\]]/.test(text.slice(0, colon)) && !/[[\]]/.test(text.slice(colon));
  const end = text.indexOf("]");
  return end !== -1 && end + 1 === colon && !text.slice(1).includes("[") && !text.slice(end + 1).includes("]");
}

/** Upstream's `validateQuobyteVolumeSource`. */
export function checkQuobyte(source: core.QuobyteVolumeSource, path: string, errors: FieldErrors): void {
  const { registry, tenant = "" } = source;
  if (registry === "") errors.required(`${path}.registry`, HOST_AND_PORT);
  else if (Buffer.byteLength(tenant) > MAX_TENANT)
    errors.required(`${path}.tenant`, "must be a UUID and may not exceed a length of 64 characters");
  else {
    for (const pair of registry.split(","))
      if (!isHostAndPort(pair)) errors.invalid(`${path}.registry`, registry, HOST_AND_PORT);
  }
  need(source.volume, `${path}.volume`, errors);
}

/** Upstream's `validateGlusterfsVolumeSource`. */
export function checkGlusterfs(source: core.GlusterfsVolumeSource, path: string, errors: FieldErrors): void {
  need(source.endpoints, `${path}.endpoints`, errors);
  need(source.path, `${path}.path`, errors);
}

/** Upstream's `validateFlockerVolumeSource`. */
export function checkFlocker(source: core.FlockerVolumeSource, path: string, errors: FieldErrors): void {
  const { datasetName = "", datasetUUID = "" } = source;
  if (datasetName === "" && datasetUUID === "") errors.required(path, "one of datasetName and datasetUUID is required");
  if (datasetName !== "" && datasetUUID !== "")
    errors.invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
  if (datasetName.includes("/")) errors.invalid(`${path}.datasetName`, datasetName, "must not contain '/'");
}

/** Upstream's `validateFCVolumeSource`. */
export function checkFibreChannel(source: core.FCVolumeSource, path: string, errors: FieldErrors): void {
  const { targetWWNs = [], wwids = [], lun } = source;
  if (targetWWNs.length === 0 && wwids.length === 0)
    errors.required(`${path}.targetWWNs`, "must specify either targetWWNs or wwids, but not both");
  if (targetWWNs.length === 0) return;
  if (wwids.length > 0)
    errors.invalid(`${path}.targetWWNs`, targetWWNs, "targetWWNs and wwids can not be specified simultaneously");
  if (lun === undefined) errors.required(`${path}.lun`, "lun is required if targetWWNs is specified");
  else checkRange(lun, [0, 255], `${path}.lun`, errors);
}

/** Upstream's `validateRBDVolumeSource`. */
export function checkRbd(source: core.RBDVolumeSource, path: string, errors: FieldErrors): void {
  if ((source.monitors ?? []).length === 0) errors.required(`${path}.monitors`);
  need(source.image, `${path}.image`, errors);
}

/** Upstream's `validateCinderVolumeSource`. */
export function checkCinder(source: core.CinderVolumeSource, path: string, errors: FieldErrors): void {
  need(source.volumeID, `${path}.volumeID`, errors);
  needSecretName(source.secretRef, path, errors);
}

/** Upstream's `validateCephFSVolumeSource`. */
export function checkCephFs(source: core.CephFSVolumeSource, path: string, errors: FieldErrors): void {
  if ((source.monitors ?? []).length === 0) errors.required(`${path}.monitors`);
}

/** Upstream's `validateFlexVolumeSource`; also of persistent volumes. */
export function checkFlexVolume(
  source: Pick<core.FlexVolumeSource, "driver" | "options">,
  path: string,
  errors: FieldErrors,
): void {
  need(source.driver, `${path}.driver`, errors);
  for (const key of Object.keys(source.options ?? {})) {
    const domain = `.${(key.split("/")[0] ?? "").toLowerCase()}`;
    if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io"))
      errors.invalid(`${path}.options[${key}]`, key, "kubernetes.io and k8s.io namespaces are reserved");
  }
}

/** Upstream's `validateAzureFile`. */
export function checkAzureFile(source: core.AzureFileVolumeSource, path: string, errors: FieldErrors): void {
  need(source.secretName, `${path}.secretName`, errors);
  need(source.shareName, `${path}.shareName`, errors);
}

/** Upstream's `validateVsphereVolumeSource`. */
export function checkVsphere(source: core.VsphereVirtualDiskVolumeSource, path: string, errors: FieldErrors): void {
  need(source.volumePath, `${path}.volumePath`, errors);
}

/** Upstream's `validatePhotonPersistentDiskVolumeSource`. */
export function checkPhoton(source: core.PhotonPersistentDiskVolumeSource, path: string, errors: FieldErrors): void {
  need(source.pdID, `${path}.pdID`, errors);
}

/** Upstream's `validatePortworxVolumeSource`. */
export function checkPortworx(source: core.PortworxVolumeSource, path: string, errors: FieldErrors): void {
  need(source.volumeID, `${path}.volumeID`, errors);
}

/** Upstream's `validateScaleIOVolumeSource`; also of persistent volumes. */
export function checkScaleIo(
  source: Pick<core.ScaleIOVolumeSource, "gateway" | "system" | "volumeName">,
  path: string,
  errors: FieldErrors,
): void {
  need(source.gateway, `${path}.gateway`, errors);
  need(source.system, `${path}.system`, errors);
  need(source.volumeName, `${path}.volumeName`, errors);
}

/** Upstream's `validateStorageOSVolumeSource`. */
export function checkStorageOs(source: core.StorageOSVolumeSource, path: string, errors: FieldErrors): void {
  const { volumeName = "", volumeNamespace = "" } = source;
  if (volumeName === "") errors.required(`${path}.volumeName`);
  else errors.invalidEach(`${path}.volumeName`, volumeName, dns1123LabelErrors(volumeName));
  if (volumeNamespace !== "")
    errors.invalidEach(`${path}.volumeNamespace`, volumeNamespace, dns1123LabelErrors(volumeNamespace));
  needSecretName(source.secretRef, path, errors);
}

/** Upstream's `validateCSIVolumeSource`. */
export function checkCsi(source: core.CSIVolumeSource, path: string, errors: FieldErrors): void {
  checkCsiDriverName(source.driver, `${path}.driver`, errors);
  if (source.nodePublishSecretRef === undefined) return;
  const { name = "" } = source.nodePublishSecretRef;
  if (name === "") errors.required(`${path}.nodePublishSecretRef.name`);
  else errors.invalidEach(`${path}.name`, name, nameErrors("subdomain", name));
}
