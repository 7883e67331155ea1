import { dns1123LabelErrors, dns1123SubdomainErrors, type FieldErrors, Quantity } from "@quarterdeck/meta";
import { checkNeededEnum } from "../../checks/check-enum.js";
import { checkTemplateMetadata } from "../../checks/check-template-metadata.js";
import type * as core from "../../types/core-v1.js";
import { checkClaimSpec } from "../persistent-volume-claim/check-claim.js";
import { checkAzureDisk } from "./check-azure-disk.js";
import { checkConfigMapVolume, checkDownwardVolume, checkSecretVolume } from "./check-files.js";
import { checkIscsi } from "./check-iscsi.js";
import { checkProjectedVolume } from "./check-projected-volume.js";
import * as sources from "./check-volume-sources.js";
import type { PodAllowances } from "./pod-allowances.js";
import { PULL_POLICIES } from "./pull-policies.js";

const MAX_ISCSI_NAME = 64;
const ISCSI_TOO_LONG =
  "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
const MORE_THAN_ONE = "may not specify more than 1 volume type";

/** What the check of a source may need to know besides. */
interface VolumeScope {
  readonly volume: core.Volume;
  /** The path of the volume. */
  readonly path: string;
  readonly allow: PodAllowances;
  /** Of the pod, when it has one already. */
  readonly podName: string;
}

type Key = keyof core.VolumeSource;
type CheckSource<K extends Key> = (
  source: NonNullable<core.VolumeSource[K]>,
  path: string,
  errors: FieldErrors,
  scope: VolumeScope,
) => void;

/** One kind of source in upstream's order. */
interface VolumeKind {
  readonly key: Key;
  /** What upstream calls it when it is one too many. */
  readonly name: string;
  check(errors: FieldErrors, scope: VolumeScope): void;
}

function kind<K extends Key>(key: K, check: CheckSource<K>, names: { own?: string; extra?: string } = {}): VolumeKind {
  return {
    key,
    name: names.extra ?? key,
    check(errors, scope) {
      const source = scope.volume[key];
      if (source !== undefined && source !== null) check(source, `${scope.path}.${names.own ?? key}`, errors, scope);
    },
  };
}

function checkEmptyDir({ sizeLimit }: core.EmptyDirVolumeSource, path: string, errors: FieldErrors): void {
  if (sizeLimit !== undefined && Quantity.parse(sizeLimit).compare(Quantity.of(0)) < 0)
    errors.forbidden(`${path}.sizeLimit`, "SizeLimit field must be a valid resource quantity");
}

function checkEphemeral(
  { volumeClaimTemplate: template }: core.EphemeralVolumeSource,
  path: string,
  errors: FieldErrors,
  { volume, path: volumePath, podName }: VolumeScope,
): void {
  if (template === undefined) errors.required(`${path}.volumeClaimTemplate`);
  else {
    checkTemplateMetadata(template.metadata, `${path}.volumeClaimTemplate.metadata`, errors);
    checkClaimSpec(template.spec, `${path}.volumeClaimTemplate.spec`, errors);
  }
  if (podName === "" || volume.name === "") return;
  const claim = `${podName}-${volume.name}`;
  for (const problem of dns1123SubdomainErrors(claim))
    errors.invalid(`${volumePath}.name`, volume.name, `PVC name ${JSON.stringify(claim)}: ${problem}`);
}

function checkImage(source: core.ImageVolumeSource, path: string, errors: FieldErrors, { allow }: VolumeScope): void {
  if (!source.reference && allow.emptyImageReferences !== true) errors.required(`${path}.reference`);
  checkNeededEnum(source.pullPolicy, PULL_POLICIES, `${path}.pullPolicy`, errors);
}

const KINDS: readonly VolumeKind[] = [
  kind("emptyDir", checkEmptyDir),
  kind("hostPath", sources.checkHostPath),
  kind("gitRepo", sources.checkGitRepo),
  kind("gcePersistentDisk", sources.checkGcePersistentDisk, { own: "persistentDisk" }),
  kind("awsElasticBlockStore", sources.checkAwsElasticBlockStore),
  kind("secret", checkSecretVolume),
  kind("nfs", sources.checkNfs),
  kind("iscsi", checkIscsi),
  kind("glusterfs", sources.checkGlusterfs),
  kind("flocker", sources.checkFlocker),
  kind("persistentVolumeClaim", sources.checkClaimSource),
  kind("rbd", sources.checkRbd),
  kind("cinder", sources.checkCinder),
  kind("cephfs", sources.checkCephFs, { extra: "cephFS" }),
  kind("quobyte", sources.checkQuobyte),
  kind("downwardAPI", checkDownwardVolume, { extra: "downwarAPI" }),
  kind("fc", sources.checkFibreChannel),
  kind("flexVolume", sources.checkFlexVolume),
  kind("configMap", checkConfigMapVolume),
  kind("azureFile", sources.checkAzureFile),
  kind("vsphereVolume", sources.checkVsphere),
  kind("photonPersistentDisk", sources.checkPhoton),
  kind("portworxVolume", sources.checkPortworx),
  kind("azureDisk", checkAzureDisk),
  kind("storageos", sources.checkStorageOs),
  kind("projected", (source, path, errors, { allow }) => checkProjectedVolume(source, path, errors, allow)),
  kind("scaleIO", sources.checkScaleIo),
  kind("csi", sources.checkCsi),
  kind("ephemeral", checkEphemeral),
  kind("image", checkImage),
];

function checkSource(errors: FieldErrors, scope: VolumeScope): void {
  const { volume, path } = scope;
  let found = false;
  for (const one of KINDS) {
    if (volume[one.key] === undefined) continue;
    if (found) errors.forbidden(`${path}.${one.name}`, MORE_THAN_ONE);
    else one.check(errors, scope);
    found = true;
    if (one.key === "iscsi") checkIscsiName(volume, path, errors);
  }
  if (!found) errors.required(path, "must specify a volume type");
}

function checkIscsiName({ name, iscsi }: core.Volume, path: string, errors: FieldErrors): void {
  if (iscsi?.initiatorName === undefined) return;
  if (Buffer.byteLength(`${name}:${iscsi.targetPortal}`) > MAX_ISCSI_NAME)
    errors.invalid(`${path}.name`, name, ISCSI_TOO_LONG);
}

/**
 * The volumes of a pod; upstream's `ValidateVolumes`. Gives the sources of those that are right, by name: what mounts
 * another one is told that there is none.
 */
export function checkVolumes(
  volumes: readonly core.Volume[],
  path: string,
  errors: FieldErrors,
  allow: PodAllowances,
  podName = "",
): ReadonlyMap<string, core.VolumeSource> {
  const right = new Map<string, core.VolumeSource>();
  const made = new Set<string>();
  if (podName !== "")
    for (const { name, ephemeral } of volumes) if (ephemeral !== undefined) made.add(`${podName}-${name}`);
  for (const [index, volume] of volumes.entries()) {
    const at = `${path}[${index}]`;
    const before = errors.list.length;
    checkSource(errors, { volume, path: at, allow, podName });
    if (volume.name === "") errors.required(`${at}.name`);
    else errors.invalidEach(`${at}.name`, volume.name, dns1123LabelErrors(volume.name));
    if (right.has(volume.name)) errors.duplicate(`${at}.name`, volume.name);
    if (errors.list.length === before) right.set(volume.name, volume);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && made.has(claim)) {
      const detail = "must not reference a PVC that gets created for an ephemeral volume";
      errors.invalid(`${at}.persistentVolumeClaim.claimName`, claim, detail);
    }
  }
  return right;
}
