import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";
import {
  CEPH_FS_FIELDS,
  DISK_FIELDS,
  FS_TYPE,
  ISCSI_FIELDS,
  RBD_FIELDS,
  READ_ONLY,
  SCALE_IO_FIELDS,
  SHARED_SOURCES,
  STORAGE_OS_FIELDS,
} from "./volume-fields.js";

const ITEMS = "The keys that become files, and their paths; default: every key, under its own name.";
const DEFAULT_MODE = "Mode bits of the files, as 0644 or 420; default: 0644.";
const MODE = "Mode bits of the file; default: those of the volume.";
const SECRET = "Secret of the namespace with the credentials.";
const FILE_PATH = "Path of the file in the volume; relative, without `..`.";

/** What the volumes of a pod are, and their fields, for `kubectl explain`. */
export const CORE_V1_VOLUME: TypeDescriptions = {
  Volume: {
    "": "Volume is a directory or device that containers of a pod can mount.",
    name: "Name of the volume, a DNS label that is unique in the pod.",
  },
  VolumeSource: {
    "": "VolumeSource is where a volume comes from; exactly one of them.",
    ...SHARED_SOURCES,
    emptyDir: "An empty directory that lives as long as the pod.",
    gitRepo: "A Git repository. Deprecated: clone it in an init container.",
    secret: "A secret whose keys are files.",
    persistentVolumeClaim: "A claim of the namespace.",
    downwardAPI: "Fields of the pod as files.",
    configMap: "A config map whose keys are files.",
    projected: "Several of these in one directory: secrets, config maps, fields, tokens, certificates.",
    csi: "A volume of a CSI driver that lives as long as the pod.",
    ephemeral: "A claim that is made for the pod and goes with it.",
    image: "The files of an image, read-only.",
  },
  HostPathVolumeSource: {
    "": "HostPathVolumeSource is a file or directory of the node.",
    path: "Its path on the node.",
    type: "What is checked or made first: Directory, DirectoryOrCreate, File, FileOrCreate, Socket, CharDevice or BlockDevice; default: nothing.",
  },
  EmptyDirVolumeSource: {
    "": "EmptyDirVolumeSource is an empty directory that lives as long as the pod.",
    medium: "Memory: it is kept in memory. HugePages: in huge pages. Default: on the node's disk.",
    sizeLimit: "The most that it may take; for memory it also counts against the containers' limits.",
  },
  GCEPersistentDiskVolumeSource: {
    "": "GCEPersistentDiskVolumeSource is a disk of Google Cloud.",
    pdName: "Name of the disk.",
    ...DISK_FIELDS,
  },
  AWSElasticBlockStoreVolumeSource: {
    "": "AWSElasticBlockStoreVolumeSource is a disk of AWS.",
    volumeID: "Id of the disk.",
    ...DISK_FIELDS,
  },
  GitRepoVolumeSource: {
    "": "GitRepoVolumeSource is a Git repository that is cloned when the pod starts.",
    repository: "URL of the repository.",
    revision: "Hash of the commit.",
    directory: "Directory of the volume that becomes the clone; without `..`.",
  },
  SecretVolumeSource: {
    "": "SecretVolumeSource is a secret whose keys are files.",
    secretName: "Name of the secret.",
    items: ITEMS,
    defaultMode: DEFAULT_MODE,
    optional: "True: it is no error when the secret or a key is not there.",
  },
  KeyToPath: {
    "": "KeyToPath is a key that becomes a file.",
    key: "The key.",
    path: FILE_PATH,
    mode: MODE,
  },
  NFSVolumeSource: {
    "": "NFSVolumeSource is a directory that NFS exports.",
    server: "Host name or address of the server.",
    path: "Path that it exports.",
    readOnly: READ_ONLY,
  },
  ISCSIVolumeSource: {
    "": "ISCSIVolumeSource is a disk over iSCSI.",
    ...ISCSI_FIELDS,
    secretRef: SECRET,
  },
  GlusterfsVolumeSource: {
    "": "GlusterfsVolumeSource is a volume of Gluster.",
    endpoints: "Name of the Endpoints with the addresses of the servers.",
    path: "Name of the volume.",
    readOnly: READ_ONLY,
  },
  PersistentVolumeClaimVolumeSource: {
    "": "PersistentVolumeClaimVolumeSource is a claim of the namespace.",
    claimName: "Name of the claim.",
    readOnly: READ_ONLY,
  },
  RBDVolumeSource: { "": "RBDVolumeSource is a block device of Ceph.", ...RBD_FIELDS, secretRef: SECRET },
  FlexVolumeSource: {
    "": "FlexVolumeSource is a volume of a driver that is a program on the node.",
    driver: "Name of the driver.",
    fsType: FS_TYPE,
    secretRef: SECRET,
    readOnly: READ_ONLY,
    options: "Options for the driver.",
  },
  CinderVolumeSource: {
    "": "CinderVolumeSource is a disk of OpenStack.",
    volumeID: "Id of the disk.",
    fsType: FS_TYPE,
    readOnly: READ_ONLY,
    secretRef: SECRET,
  },
  CephFSVolumeSource: { "": "CephFSVolumeSource is a file system of Ceph.", ...CEPH_FS_FIELDS, secretRef: SECRET },
  FlockerVolumeSource: {
    "": "FlockerVolumeSource is a dataset of Flocker.",
    datasetName: "Name of the dataset; not together with its UUID.",
    datasetUUID: "UUID of the dataset.",
  },
  DownwardAPIVolumeSource: {
    "": "DownwardAPIVolumeSource is fields of the pod as files.",
    items: "The files.",
    defaultMode: DEFAULT_MODE,
  },
  DownwardAPIVolumeFile: {
    "": "DownwardAPIVolumeFile is a file with a field of the pod; one of the two.",
    path: FILE_PATH,
    fieldRef: "A field of the pod: its annotations, labels, name, namespace or uid.",
    resourceFieldRef: "A request or limit of a container.",
    mode: MODE,
  },
  FCVolumeSource: {
    "": "FCVolumeSource is a disk over Fibre Channel: a target with a unit, or a WWID.",
    targetWWNs: "Names of the target.",
    lun: "Number of the unit at the target.",
    fsType: FS_TYPE,
    readOnly: READ_ONLY,
    wwids: "WWIDs of the disk; not together with targetWWNs and lun.",
  },
  AzureFileVolumeSource: {
    "": "AzureFileVolumeSource is a share of Azure Files.",
    secretName: "Name of the secret with the account's name and key.",
    shareName: "Name of the share.",
    readOnly: READ_ONLY,
  },
  ConfigMapVolumeSource: {
    "": "ConfigMapVolumeSource is a config map whose keys are files.",
    items: ITEMS,
    defaultMode: DEFAULT_MODE,
    optional: "True: it is no error when the config map or a key is not there.",
  },
  VsphereVirtualDiskVolumeSource: {
    "": "VsphereVirtualDiskVolumeSource is a disk of vSphere.",
    volumePath: "Path of the disk.",
    fsType: FS_TYPE,
    storagePolicyName: "Name of the storage policy.",
    storagePolicyID: "Id of the storage policy.",
  },
  QuobyteVolumeSource: {
    "": "QuobyteVolumeSource is a volume of Quobyte.",
    registry: "Addresses of the registries, host:port, separated by commas.",
    volume: "Name of the volume.",
    readOnly: READ_ONLY,
    user: "The user as which it is used; default: that of the service.",
    group: "The group as which it is used; default: none.",
    tenant: "The tenant that the volume belongs to.",
  },
  AzureDiskVolumeSource: {
    "": "AzureDiskVolumeSource is a disk of Azure.",
    diskName: "Name of the disk.",
    diskURI: "URI of the disk.",
    cachingMode: "None, ReadOnly or ReadWrite (the default).",
    fsType: "The file system of the volume; default: ext4.",
    readOnly: READ_ONLY,
    kind: "Shared (the default): several disks in one account. Dedicated: an account for one disk. Managed: without an account.",
  },
  PhotonPersistentDiskVolumeSource: {
    "": "PhotonPersistentDiskVolumeSource is a disk of Photon.",
    pdID: "Id of the disk.",
    fsType: FS_TYPE,
  },
  ProjectedVolumeSource: {
    "": "ProjectedVolumeSource is several sources in one directory.",
    sources: "The sources; no two may have the same path.",
    defaultMode: DEFAULT_MODE,
  },
  VolumeProjection: {
    "": "VolumeProjection is one source of a projected volume; exactly one of them.",
    secret: "A secret whose keys are files.",
    downwardAPI: "Fields of the pod as files.",
    configMap: "A config map whose keys are files.",
    serviceAccountToken: "A token of the pod's service account, renewed in time.",
    clusterTrustBundle: "Root certificates from trust bundles.",
    podCertificate: "A key and a certificate made for the pod, renewed in time.",
  },
  SecretProjection: {
    "": "SecretProjection is a secret whose keys are files of a projected volume.",
    items: ITEMS,
    optional: "True: it is no error when the secret or a key is not there.",
  },
  DownwardAPIProjection: {
    "": "DownwardAPIProjection is fields of the pod as files of a projected volume.",
    items: "The files.",
  },
  ConfigMapProjection: {
    "": "ConfigMapProjection is a config map whose keys are files of a projected volume.",
    items: ITEMS,
    optional: "True: it is no error when the config map or a key is not there.",
  },
  ServiceAccountTokenProjection: {
    "": "ServiceAccountTokenProjection is a token of the pod's service account as a file.",
    audience: "Whom the token is for; default: the API server.",
    expirationSeconds: "For how many seconds a token is good, at least 600; a new one comes in time. Default: 3600.",
    path: FILE_PATH,
  },
  ClusterTrustBundleProjection: {
    "": "ClusterTrustBundleProjection is root certificates of trust bundles as a file, PEM.",
    name: "Name of one bundle; not together with signerName.",
    signerName: "The signer whose bundles are taken.",
    labelSelector: "Of the signer's bundles those with such labels; without it none, the empty one is all.",
    optional: "True: it is no error when no bundle is there.",
    path: FILE_PATH,
  },
  PodCertificateProjection: {
    "": "PodCertificateProjection is a key and a certificate made for the pod, as files.",
    signerName: "Who is to sign the certificate.",
    keyType: "Kind of the key: RSA3072, RSA4096, ECDSAP256, ECDSAP384, ECDSAP521 or ED25519.",
    maxExpirationSeconds:
      "For how many seconds the certificate may be good, from 3600 on; the signer may choose less. Default: 86400.",
    credentialBundlePath: "Path of one file with the key and the certificates, PEM.",
    keyPath: "Path of a file with the key, PEM.",
    certificateChainPath: "Path of a file with the certificates, PEM.",
    userAnnotations: "What the signer is told besides; each signer says what it reads.",
  },
  PortworxVolumeSource: {
    "": "PortworxVolumeSource is a volume of Portworx.",
    volumeID: "Id of the volume.",
    fsType: FS_TYPE,
    readOnly: READ_ONLY,
  },
  ScaleIOVolumeSource: { "": "ScaleIOVolumeSource is a volume of ScaleIO.", ...SCALE_IO_FIELDS, secretRef: SECRET },
  StorageOSVolumeSource: {
    "": "StorageOSVolumeSource is a volume of StorageOS.",
    ...STORAGE_OS_FIELDS,
    secretRef: SECRET,
  },
  CSIVolumeSource: {
    "": "CSIVolumeSource is a volume of a CSI driver that lives as long as the pod.",
    driver: "Name of the CSI driver.",
    readOnly: READ_ONLY,
    fsType: "The file system of the volume, such as ext4; without it the driver chooses.",
    volumeAttributes: "What the driver is told of the volume.",
    nodePublishSecretRef: "Secret of the namespace that the driver gets when it mounts the volume.",
  },
  EphemeralVolumeSource: {
    "": "EphemeralVolumeSource is a claim that is made for the pod and goes with it.",
    volumeClaimTemplate:
      "What the claim is to be; its name is the pod's with a dash and the volume's. It cannot be changed.",
  },
  PersistentVolumeClaimTemplate: {
    "": "PersistentVolumeClaimTemplate is what a claim is made from.",
    metadata: METADATA,
    spec: "What is wanted of the claim.",
  },
  ImageVolumeSource: {
    "": "ImageVolumeSource is the files of an image or artifact, mounted read-only.",
    reference: "The image, with its registry, tag or digest.",
    pullPolicy:
      "When it is pulled: Always, IfNotPresent or Never; default: Always for the tag latest and without a tag, else IfNotPresent.",
  },
};
