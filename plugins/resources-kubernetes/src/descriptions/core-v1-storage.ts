import { CONDITION, METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";
import {
  CEPH_FS_FIELDS,
  FS_TYPE,
  ISCSI_FIELDS,
  RBD_FIELDS,
  READ_ONLY,
  SCALE_IO_FIELDS,
  SHARED_SOURCES,
  STORAGE_OS_FIELDS,
} from "./volume-fields.js";

const SECRET = "Secret with the credentials.";
const ACCESS_MODES =
  "ReadWriteOnce (by one node), ReadOnlyMany, ReadWriteMany (by many nodes), ReadWriteOncePod (by one pod).";
const VOLUME_MODE = "Filesystem (the default): it is mounted as a directory. Block: it is a raw device.";

/** What volumes of the cluster and claims of them are, and their fields, for `kubectl explain`. */
export const CORE_V1_STORAGE: TypeDescriptions = {
  PersistentVolume: {
    "": "PersistentVolume is a piece of storage of the cluster that outlives pods; one claim at a time is bound to it.",
    metadata: METADATA,
    spec: "What the volume is.",
    status: "Whether it is in use.",
  },
  PersistentVolumeSpec: {
    "": "PersistentVolumeSpec is what a volume is: where it comes from, how big it is and who may use it how.",
    capacity: "How big it is, under storage.",
    accessModes: `The ways in which it can be mounted: ${ACCESS_MODES}`,
    claimRef: "The claim that is bound to it; who sets it himself keeps the volume for that claim.",
    persistentVolumeReclaimPolicy:
      "What becomes of it when its claim is deleted: Retain (the default here) keeps it, Delete deletes it (the default of classes), Recycle empties it and is deprecated.",
    storageClassName: "Name of its StorageClass; empty: it has none, and only claims without a class get it.",
    mountOptions: "Options for mounting it; wrong ones make the mount fail.",
    volumeMode: VOLUME_MODE,
    nodeAffinity: "Nodes that can reach it; pods that use it run there.",
    volumeAttributesClassName: "Name of the VolumeAttributesClass whose settings it has.",
  },
  PersistentVolumeSource: {
    "": "PersistentVolumeSource is where a volume of the cluster comes from; exactly one of them.",
    ...SHARED_SOURCES,
    hostPath: "A directory of the node; for tests on one node only.",
    local: "A disk or directory of one node.",
    csi: "A volume of a CSI driver.",
  },
  GlusterfsPersistentVolumeSource: {
    "": "GlusterfsPersistentVolumeSource is a volume of Gluster.",
    endpoints: "Name of the Endpoints with the addresses of the servers.",
    path: "Name of the volume.",
    readOnly: READ_ONLY,
    endpointsNamespace: "Namespace of the Endpoints; default: that of the claim.",
  },
  RBDPersistentVolumeSource: {
    "": "RBDPersistentVolumeSource is a block device of Ceph.",
    ...RBD_FIELDS,
    secretRef: SECRET,
  },
  ISCSIPersistentVolumeSource: {
    "": "ISCSIPersistentVolumeSource is a disk over iSCSI.",
    ...ISCSI_FIELDS,
    secretRef: "Secret with the credentials for CHAP.",
  },
  CinderPersistentVolumeSource: {
    "": "CinderPersistentVolumeSource is a disk of OpenStack.",
    volumeID: "Id of the disk.",
    fsType: FS_TYPE,
    readOnly: READ_ONLY,
    secretRef: SECRET,
  },
  CephFSPersistentVolumeSource: {
    "": "CephFSPersistentVolumeSource is a file system of Ceph.",
    ...CEPH_FS_FIELDS,
    secretRef: SECRET,
  },
  FlexPersistentVolumeSource: {
    "": "FlexPersistentVolumeSource is a volume of a driver that is a program on the node.",
    driver: "Name of the driver.",
    fsType: FS_TYPE,
    secretRef: SECRET,
    readOnly: READ_ONLY,
    options: "Options for the driver.",
  },
  AzureFilePersistentVolumeSource: {
    "": "AzureFilePersistentVolumeSource is a share of Azure Files.",
    secretName: "Name of the secret with the account's name and key.",
    shareName: "Name of the share.",
    readOnly: READ_ONLY,
    secretNamespace: "Namespace of the secret; default: that of the pod.",
  },
  ScaleIOPersistentVolumeSource: {
    "": "ScaleIOPersistentVolumeSource is a volume of ScaleIO.",
    ...SCALE_IO_FIELDS,
    secretRef: SECRET,
  },
  LocalVolumeSource: {
    "": "LocalVolumeSource is a disk or directory of one node; the volume's nodeAffinity says which.",
    path: "Its path on the node.",
    fsType: "The file system that a disk gets, such as ext4; without it the node chooses.",
  },
  StorageOSPersistentVolumeSource: {
    "": "StorageOSPersistentVolumeSource is a volume of StorageOS.",
    ...STORAGE_OS_FIELDS,
    secretRef: SECRET,
  },
  CSIPersistentVolumeSource: {
    "": "CSIPersistentVolumeSource is a volume of a CSI driver.",
    driver: "Name of the CSI driver.",
    volumeHandle: "What the driver calls the volume; it cannot be changed.",
    readOnly: READ_ONLY,
    fsType: FS_TYPE,
    volumeAttributes: "What the driver is told of the volume.",
    controllerPublishSecretRef: "Secret that the driver gets when it attaches or detaches the volume.",
    nodeStageSecretRef: "Secret that the driver gets when it prepares the volume on a node.",
    nodePublishSecretRef: "Secret that the driver gets when it mounts the volume for a pod.",
    controllerExpandSecretRef: "Secret that the driver gets when it makes the volume bigger.",
    nodeExpandSecretRef: "Secret that the driver gets when it makes the file system on a node bigger.",
  },
  VolumeNodeAffinity: {
    "": "VolumeNodeAffinity is the nodes that can reach a volume.",
    required: "What such a node is.",
  },
  PersistentVolumeStatus: {
    "": "PersistentVolumeStatus is what was last seen of a volume of the cluster.",
    phase:
      "Pending, Available, Bound to a claim, Released when the claim is gone, or Failed when it could not be reclaimed.",
    message: "In a sentence why it is so.",
    reason: "In one CamelCase word why it has failed.",
    lastPhaseTransitionTime: "When the phase last changed.",
  },
  PersistentVolumeClaim: {
    "": "PersistentVolumeClaim asks for storage: a volume that fits is bound to it, or made for it. Pods use it by its name.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  PersistentVolumeClaimSpec: {
    "": "PersistentVolumeClaimSpec is what is wanted of a claim; only its size and its attributes can be changed later.",
    accessModes: `The ways in which it must be possible to mount it: ${ACCESS_MODES}`,
    selector: "Labels that the volume must have; no volume is then made for the claim.",
    resources: "How big the volume must be.",
    volumeName: "Name of the volume that is bound to it.",
    storageClassName: "Name of the StorageClass; without it the default class, empty: a volume that has none.",
    volumeMode: VOLUME_MODE,
    dataSource: "What the volume starts with: a VolumeSnapshot, or a claim that is cloned; the same as dataSourceRef.",
    dataSourceRef: "What the volume starts with: an object of any kind that a populator knows.",
    volumeAttributesClassName:
      "Name of the VolumeAttributesClass whose settings the volume is to have; it can be changed.",
  },
  VolumeResourceRequirements: {
    "": "VolumeResourceRequirements is how big a volume must be.",
    limits: "The most that it may be, under storage.",
    requests: "The least that it must be, under storage; it can be raised where the class allows it.",
  },
  PersistentVolumeClaimStatus: {
    "": "PersistentVolumeClaimStatus is what was last seen of a claim.",
    phase: "Pending, Bound to a volume, or Lost when its volume is gone.",
    accessModes: "The ways in which the volume can be mounted.",
    capacity: "How big the volume is.",
    conditions: "The latest observations, above all while it is made bigger.",
    allocatedResources: "How big it is being made; it counts for quotas.",
    allocatedResourceStatuses: "How far it has got with that, by resource.",
    currentVolumeAttributesClassName: "Name of the VolumeAttributesClass whose settings the volume has.",
    modifyVolumeStatus: "How far a change to other settings has got; only while one is under way.",
  },
  PersistentVolumeClaimCondition: {
    "": "PersistentVolumeClaimCondition is one observation of a claim.",
    type: "What is observed, such as Resizing or FileSystemResizePending.",
    lastProbeTime: "When it was last looked at.",
    ...CONDITION,
  },
  ModifyVolumeStatus: {
    "": "ModifyVolumeStatus is how far a change to the settings of another VolumeAttributesClass has got.",
    targetVolumeAttributesClassName: "Name of the class.",
    status: "Pending: the class is not there yet. InProgress. Infeasible: the driver cannot do it.",
  },
};
