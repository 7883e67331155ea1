import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { checkAzureDisk } from "../pod/check-azure-disk.js";
import * as shared from "../pod/check-volume-sources.js";
import * as own from "./check-volume-sources.js";

type Key = keyof core.PersistentVolumeSource;
type CheckSource<K extends Key> = (
  source: NonNullable<core.PersistentVolumeSource[K]>,
  path: string,
  errors: FieldErrors,
  volumeName: string,
) => void;

/** One kind of source. */
interface SourceKind {
  readonly key: Key;
  /** What upstream calls it when it is one too many. */
  readonly name: string;
  check(sources: core.PersistentVolumeSource, path: string, errors: FieldErrors, volumeName: string): void;
}

function kind<K extends Key>(
  key: K,
  check: CheckSource<K>,
  names: { readonly own?: string; readonly extra?: string } = {},
): SourceKind {
  return {
    key,
    name: names.extra ?? key,
    check(sources, path, errors, volumeName) {
      const source = sources[key];
      if (source !== undefined && source !== null) check(source, `${path}.${names.own ?? key}`, errors, volumeName);
    },
  };
}

const KINDS: readonly SourceKind[] = [
  kind("hostPath", shared.checkHostPath),
  kind("gcePersistentDisk", shared.checkGcePersistentDisk, { own: "persistentDisk" }),
  kind("awsElasticBlockStore", shared.checkAwsElasticBlockStore),
  kind("glusterfs", own.checkGlusterfs),
  kind("flocker", shared.checkFlocker),
  kind("nfs", shared.checkNfs),
  kind("rbd", shared.checkRbd),
  kind("quobyte", shared.checkQuobyte),
  kind("cephfs", shared.checkCephFs, { extra: "cephFS" }),
  kind("iscsi", own.checkIscsi),
  kind("cinder", own.checkCinder),
  kind("fc", shared.checkFibreChannel),
  kind("flexVolume", shared.checkFlexVolume),
  kind("azureFile", own.checkAzureFile),
  kind("vsphereVolume", shared.checkVsphere),
  kind("photonPersistentDisk", shared.checkPhoton),
  kind("portworxVolume", shared.checkPortworx),
  kind("azureDisk", checkAzureDisk),
  kind("scaleIO", shared.checkScaleIo),
  kind("local", own.checkLocal),
  kind("storageos", own.checkStorageOs),
  kind("csi", own.checkCsi),
];

/** What a volume is made of, exactly one source; `volumeName` is the name of the object. Upstream's order and names. */
export function checkVolumeSource(
  spec: core.PersistentVolumeSpec,
  path: string,
  errors: FieldErrors,
  volumeName: string,
): void {
  let found = false;
  for (const one of KINDS) {
    if (spec[one.key] === undefined) continue;
    // upstream looks at flex volumes whatever else there is
    if (found && one.key !== "flexVolume") {
      errors.forbidden(`${path}.${one.name}`, "may not specify more than 1 volume type");
      continue;
    }
    found = true;
    one.check(spec, path, errors, volumeName);
    if (one.key === "local" && spec.nodeAffinity === undefined)
      errors.required(`${path}.nodeAffinity`, "Local volume requires node affinity");
  }
  if (!found) errors.required(path, "must specify a volume type");
}

/** The source of a volume by itself. */
export function volumeSourceOf(spec: core.PersistentVolumeSpec): core.PersistentVolumeSource {
  const kinds: ReadonlySet<string> = new Set(KINDS.map(({ key }) => key));
  return Object.fromEntries(Object.entries(spec).filter(([name]) => kinds.has(name)));
}
