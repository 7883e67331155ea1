/** What many kinds of volumes have. */
export const FS_TYPE = "The file system of the volume, such as ext4; without it what the driver takes, mostly ext4.";
/** What many kinds of volumes have, those of pods and those of the cluster. */
export const READ_ONLY = "True: it cannot be written to. Default: false.";
/** What many kinds of disks have. */
const PARTITION = "Number of the partition; default: 0, the whole disk.";

/** A disk of AWS or of Google, beside its name. */
export const DISK_FIELDS = { fsType: FS_TYPE, partition: PARTITION, readOnly: READ_ONLY };

/** Volumes of Ceph as block devices, without the secret. */
export const RBD_FIELDS = {
  monitors: "Addresses of the monitors of Ceph.",
  image: "Name of the image.",
  fsType: FS_TYPE,
  pool: "Name of the pool; default: rbd.",
  user: "Name of the user; default: admin.",
  keyring: "Path of the user's key on the node; default: /etc/ceph/keyring.",
  readOnly: READ_ONLY,
};

/** Volumes of Ceph as a file system, without the secret. */
export const CEPH_FS_FIELDS = {
  monitors: "Addresses of the monitors of Ceph.",
  path: "Path in the file system; default: /.",
  user: "Name of the user; default: admin.",
  secretFile: "Path of the user's secret on the node; default: /etc/ceph/user.secret.",
  readOnly: READ_ONLY,
};

/** Volumes over iSCSI, without the secret. */
export const ISCSI_FIELDS = {
  targetPortal: "Address of the portal, with its port unless that is 3260.",
  iqn: "Name of the target.",
  lun: "Number of the unit at the target.",
  iscsiInterface: "Name of the interface; default: default, over TCP.",
  fsType: FS_TYPE,
  readOnly: READ_ONLY,
  portals: "Further portals that lead to the same target.",
  chapAuthDiscovery: "True: finding the target needs CHAP.",
  chapAuthSession: "True: using the target needs CHAP.",
  initiatorName: "Name of the initiator, for an interface of its own; default: that of the node.",
};

/** Volumes of ScaleIO, without the secret. */
export const SCALE_IO_FIELDS = {
  gateway: "Address of the gateway.",
  system: "Name of the storage system.",
  sslEnabled: "True: the gateway is talked to over TLS. Default: false.",
  protectionDomain: "Name of the protection domain.",
  storagePool: "Name of the storage pool of the domain.",
  storageMode: "ThickProvisioned or ThinProvisioned (the default).",
  volumeName: "Name of the volume in the storage system.",
  fsType: "The file system of the volume, such as ext4; default: xfs.",
  readOnly: READ_ONLY,
};

/** Volumes of StorageOS, without the secret. */
export const STORAGE_OS_FIELDS = {
  volumeName: "Name of the volume, unique in its namespace of StorageOS.",
  volumeNamespace: "The namespace of StorageOS; default: that of the pod.",
  fsType: FS_TYPE,
  readOnly: READ_ONLY,
};

/** The kinds of volumes that pods can have themselves as well as through a claim. */
export const SHARED_SOURCES = {
  hostPath: "A file or directory of the node; it gives the pod a way to the node.",
  gcePersistentDisk: "A disk of Google Cloud. Deprecated: it is served through CSI.",
  awsElasticBlockStore: "A disk of AWS. Deprecated: it is served through CSI.",
  nfs: "A directory that NFS exports.",
  iscsi: "A disk over iSCSI.",
  glusterfs: "A volume of Gluster. Deprecated: nothing mounts it any more.",
  rbd: "A block device of Ceph. Deprecated: nothing mounts it any more.",
  flexVolume: "A volume of a driver that is a program on the node. Deprecated: use CSI.",
  cinder: "A disk of OpenStack. Deprecated: it is served through CSI.",
  cephfs: "A file system of Ceph. Deprecated: nothing mounts it any more.",
  flocker: "A dataset of Flocker. Deprecated: nothing mounts it any more.",
  fc: "A disk over Fibre Channel.",
  azureFile: "A share of Azure Files. Deprecated: it is served through CSI.",
  vsphereVolume: "A disk of vSphere. Deprecated: it is served through CSI.",
  quobyte: "A volume of Quobyte. Deprecated: nothing mounts it any more.",
  azureDisk: "A disk of Azure. Deprecated: it is served through CSI.",
  photonPersistentDisk: "A disk of Photon. Deprecated: nothing mounts it any more.",
  portworxVolume: "A volume of Portworx. Deprecated: it is served through CSI.",
  scaleIO: "A volume of ScaleIO. Deprecated: nothing mounts it any more.",
  storageos: "A volume of StorageOS. Deprecated: nothing mounts it any more.",
};
