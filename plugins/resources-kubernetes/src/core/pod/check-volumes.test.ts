import { FieldErrors } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import type * as core from "../../types/core-v1.js";
import { checkVolumes } from "./check-volumes.js";
import type { PodAllowances } from "./pod-allowances.js";

function problems(volumes: core.Volume[], allow: PodAllowances = {}, podName?: string): string[] {
  const errors = new FieldErrors();
  checkVolumes(volumes, "v", errors, allow, podName);
  return errors.list.map(({ field, message }) => `${field}: ${message}`);
}

const named = (source: core.VolumeSource): core.Volume => ({ name: "a", ...source });
const secretItems = (items: core.KeyToPath[]): core.VolumeSource => ({ secret: { secretName: "s", items } });
const downward = (file: Partial<core.DownwardAPIVolumeFile>): core.VolumeSource => ({
  downwardAPI: { items: [{ path: "p", ...file }] },
});
const projected = (...sources: core.VolumeProjection[]): core.VolumeSource => ({ projected: { sources } });
const certificate = (fields: core.PodCertificateProjection): core.VolumeSource =>
  projected({ podCertificate: { signerName: "a.b/c", keyType: "ED25519", keyPath: "k", ...fields } });
const iscsi = (fields: Partial<core.ISCSIVolumeSource>): core.VolumeSource => ({
  iscsi: { targetPortal: "1.2.3.4", iqn: "iqn.2015-02.example.com:test", lun: 0, ...fields },
});
const metadata = { creationTimestamp: null };
const claimSpec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };

describe("volumes", () => {
  it.each<[string, core.VolumeSource]>([
    ["emptyDir", { emptyDir: { sizeLimit: "1Gi" } }],
    ["hostPath", { hostPath: { path: "/x", type: "Directory" } }],
    ["gitRepo", { gitRepo: { repository: "r", directory: "d" } }],
    ["gcePersistentDisk", { gcePersistentDisk: { pdName: "p" } }],
    ["awsElasticBlockStore", { awsElasticBlockStore: { volumeID: "v", partition: 1 } }],
    ["secret", secretItems([{ key: "k", path: "p/q", mode: 0o400 }])],
    ["nfs", { nfs: { server: "s", path: "/p" } }],
    ["iscsi", iscsi({})],
    ["iscsi with eui", iscsi({ iqn: "eui.0123456789ABCDEF" })],
    ["glusterfs", { glusterfs: { endpoints: "e", path: "p" } }],
    ["flocker", { flocker: { datasetName: "d" } }],
    ["persistentVolumeClaim", { persistentVolumeClaim: { claimName: "c" } }],
    ["rbd", { rbd: { monitors: ["m"], image: "i" } }],
    ["cinder", { cinder: { volumeID: "v", secretRef: { name: "s" } } }],
    ["cephfs", { cephfs: { monitors: ["m"] } }],
    ["quobyte", { quobyte: { registry: "a:1,[::1]:2", volume: "v" } }],
    ["downwardAPI", downward({ fieldRef: { apiVersion: "v1", fieldPath: "metadata.labels['a']" } })],
    ["fc", { fc: { targetWWNs: ["w"], lun: 0 } }],
    ["flexVolume", { flexVolume: { driver: "d", options: { "example.com/a": "b" } } }],
    ["configMap", { configMap: { name: "c" } }],
    ["azureFile", { azureFile: { secretName: "s", shareName: "s" } }],
    ["vsphereVolume", { vsphereVolume: { volumePath: "p" } }],
    ["photonPersistentDisk", { photonPersistentDisk: { pdID: "p" } }],
    ["portworxVolume", { portworxVolume: { volumeID: "v" } }],
    ["azureDisk", { azureDisk: { diskName: "d", diskURI: "/subscriptions/x", kind: "Managed" } }],
    ["storageos", { storageos: { volumeName: "v" } }],
    ["projected", projected({ serviceAccountToken: { expirationSeconds: 3600, path: "t" } })],
    ["projected certificate", certificate({ maxExpirationSeconds: 3600, userAnnotations: { "a.b/c": "d" } })],
    ["projected bundle", projected({ clusterTrustBundle: { signerName: "a.b/c", path: "p" } })],
    ["projected named bundle", projected({ clusterTrustBundle: { name: "a.b:c:d", path: "p" } })],
    ["scaleIO", { scaleIO: { gateway: "g", system: "s", volumeName: "v", secretRef: null } }],
    ["csi", { csi: { driver: "A.example.com", nodePublishSecretRef: { name: "s" } } }],
    ["ephemeral", { ephemeral: { volumeClaimTemplate: { metadata, spec: claimSpec } } }],
    ["image", { image: { reference: "r", pullPolicy: "Always" } }],
  ])("may be %s", (_, source) => {
    expect(problems([named(source)])).toEqual([]);
  });

  it.each<[core.VolumeSource, ...unknown[]]>([
    [{}, "v[0]: Required value: must specify a volume type"],
    [
      { emptyDir: {}, hostPath: { path: "" }, cephfs: { monitors: null } },
      "v[0].hostPath: Forbidden: may not specify more than 1 volume type",
      "v[0].cephFS: Forbidden: may not specify more than 1 volume type",
    ],
    [
      { emptyDir: { sizeLimit: "-1" } },
      "v[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity",
    ],
    [{ hostPath: { path: "" } }, "v[0].hostPath.path: Required value"],
    [
      { hostPath: { path: "/a/../b", type: "Pipe" } },
      `v[0].hostPath.path: Invalid value: "/a/../b": must not contain '..'`,
      'v[0].hostPath.type: Unsupported value: "Pipe": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
    [
      { gitRepo: { repository: "", directory: "/../a" } },
      "v[0].gitRepo.repository: Required value",
      'v[0].gitRepo.directory: Invalid value: "/../a": must be a relative path',
      `v[0].gitRepo.directory: Invalid value: "/../a": must not contain '..'`,
    ],
    [
      { gcePersistentDisk: { pdName: "", partition: 256 } },
      "v[0].persistentDisk.pdName: Required value",
      "v[0].persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive",
    ],
    [
      { awsElasticBlockStore: { volumeID: "", partition: -1 } },
      "v[0].awsElasticBlockStore.volumeID: Required value",
      "v[0].awsElasticBlockStore.partition: Invalid value: -1: must be between 1 and 255, inclusive",
    ],
    [
      { secret: { defaultMode: 512, items: [{ key: "", path: "..a", mode: -1 }] } },
      "v[0].secret.secretName: Required value",
      "v[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive",
      "v[0].secret.items[0].key: Required value",
      `v[0].secret.items[0].path: Invalid value: "..a": must not start with '..'`,
      "v[0].secret.items[0].mode: Invalid value: -1: must be a number between 0 and 0777 (octal), both inclusive",
    ],
    [
      { configMap: { defaultMode: 1000, items: [{ key: "k", path: "" }] } },
      "v[0].configMap.name: Required value",
      "v[0].configMap.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive",
      "v[0].configMap.items[0].path: Required value",
    ],
    [
      { nfs: { server: "", path: "" } },
      "v[0].nfs.server: Required value",
      "v[0].nfs.path: Required value",
      'v[0].nfs.path: Invalid value: "": must be an absolute path',
    ],
    [
      { iscsi: { targetPortal: "", iqn: "", lun: 256, chapAuthSession: true } },
      "v[0].iscsi.targetPortal: Required value",
      "v[0].iscsi.iqn: Required value",
      "v[0].iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive",
      "v[0].iscsi.secretRef: Required value",
    ],
    [iscsi({ iqn: "x" }), 'v[0].iscsi.iqn: Invalid value: "x": must be valid format starting with iqn, eui, or naa'],
    [iscsi({ iqn: "iqn.x" }), 'v[0].iscsi.iqn: Invalid value: "iqn.x": must be valid format'],
    [
      iscsi({ initiatorName: "naa.1", targetPortal: "p".repeat(63) }),
      'v[0].iscsi.initiatorname: Invalid value: "naa.1": must be valid format',
      'v[0].name: Invalid value: "a": Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
    ],
    [
      { glusterfs: { endpoints: "", path: "" } },
      "v[0].glusterfs.endpoints: Required value",
      "v[0].glusterfs.path: Required value",
    ],
    [{ flocker: {} }, "v[0].flocker: Required value: one of datasetName and datasetUUID is required"],
    [
      { flocker: { datasetName: "a/b", datasetUUID: "u" } },
      'v[0].flocker: Invalid value: "resource": datasetName and datasetUUID can not be specified simultaneously',
      `v[0].flocker.datasetName: Invalid value: "a/b": must not contain '/'`,
    ],
    [{ persistentVolumeClaim: { claimName: "" } }, "v[0].persistentVolumeClaim.claimName: Required value"],
    [{ rbd: { monitors: null, image: "" } }, "v[0].rbd.monitors: Required value", "v[0].rbd.image: Required value"],
    [
      { cinder: { volumeID: "", secretRef: {} } },
      "v[0].cinder.volumeID: Required value",
      "v[0].cinder.secretRef.name: Required value",
    ],
    [{ cephfs: { monitors: [] } }, "v[0].cephfs.monitors: Required value"],
    [
      { quobyte: { registry: "", volume: "" } },
      "v[0].quobyte.registry: Required value: must be a host:port pair or multiple pairs separated by commas",
      "v[0].quobyte.volume: Required value",
    ],
    [
      { quobyte: { registry: "a:1,b", volume: "v" } },
      'v[0].quobyte.registry: Invalid value: "a:1,b": must be a host:port pair or multiple pairs separated by commas',
    ],
    [
      { quobyte: { registry: "a:1", volume: "v", tenant: "t".repeat(65) } },
      "v[0].quobyte.tenant: Required value: must be a UUID and may not exceed a length of 64 characters",
    ],
    [downward({}), "v[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required"],
    [
      downward({
        path: "",
        mode: 512,
        fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" },
        resourceFieldRef: { resource: "limits.cpu", divisor: "0" },
      }),
      "v[0].downwardAPI.path: Required value",
      'v[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "spec.nodeName": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"',
      'v[0].downwardAPI: Invalid value: "resource": fieldRef and resourceFieldRef can not be specified simultaneously',
      "v[0].downwardAPI.mode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive",
    ],
    [
      downward({ resourceFieldRef: { resource: "limits.cpu", divisor: "2" } }),
      "v[0].downwardAPI.resourceFieldRef.containerName: Required value",
      `v[0].downwardAPI.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`,
    ],
    [{ fc: {} }, "v[0].fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both"],
    [
      { fc: { targetWWNs: ["w"], wwids: ["x"] } },
      'v[0].fc.targetWWNs: Invalid value: ["w"]: targetWWNs and wwids can not be specified simultaneously',
      "v[0].fc.lun: Required value: lun is required if targetWWNs is specified",
    ],
    [
      { flexVolume: { driver: "", options: { "x.K8s.io/a": "b" } } },
      "v[0].flexVolume.driver: Required value",
      'v[0].flexVolume.options[x.K8s.io/a]: Invalid value: "x.K8s.io/a": kubernetes.io and k8s.io namespaces are reserved',
    ],
    [
      { azureFile: { secretName: "", shareName: "" } },
      "v[0].azureFile.secretName: Required value",
      "v[0].azureFile.shareName: Required value",
    ],
    [{ vsphereVolume: { volumePath: "" } }, "v[0].vsphereVolume.volumePath: Required value"],
    [{ photonPersistentDisk: { pdID: "" } }, "v[0].photonPersistentDisk.pdID: Required value"],
    [{ portworxVolume: { volumeID: "" } }, "v[0].portworxVolume.volumeID: Required value"],
    [
      { azureDisk: { diskName: "", diskURI: "", cachingMode: "x", kind: "Shared" } },
      "v[0].azureDisk.diskName: Required value",
      "v[0].azureDisk.diskURI: Required value",
      'v[0].azureDisk.cachingMode: Unsupported value: "x": supported values: "None", "ReadOnly", "ReadWrite"',
      'v[0].azureDisk.diskURI: Unsupported value: "": supported values: "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"',
    ],
    [
      { azureDisk: { diskName: "d", diskURI: "x", kind: "Managed" } },
      'v[0].azureDisk.diskURI: Unsupported value: "x": supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"',
    ],
    [
      { storageos: { volumeNamespace: "A", secretRef: {} } },
      "v[0].storageos.volumeName: Required value",
      expect.stringContaining('v[0].storageos.volumeNamespace: Invalid value: "A": a lowercase RFC 1123 label'),
      "v[0].storageos.secretRef.name: Required value",
    ],
    [
      { scaleIO: { gateway: "", system: "", secretRef: null } },
      "v[0].scaleIO.gateway: Required value",
      "v[0].scaleIO.system: Required value",
      "v[0].scaleIO.volumeName: Required value",
    ],
    [
      { csi: { driver: "", nodePublishSecretRef: { name: "A" } } },
      "v[0].csi.driver: Required value",
      expect.stringContaining('v[0].csi.name: Invalid value: "A": a lowercase RFC 1123 subdomain'),
    ],
    [
      { csi: { driver: "a".repeat(64), nodePublishSecretRef: {} } },
      "v[0].csi.driver: Too long: may not be more than 63 bytes",
      "v[0].csi.nodePublishSecretRef.name: Required value",
    ],
    [{ ephemeral: {} }, "v[0].ephemeral.volumeClaimTemplate: Required value"],
    [
      { ephemeral: { volumeClaimTemplate: { metadata: { ...metadata, uid: "u", name: "n" }, spec: claimSpec } } },
      "v[0].ephemeral.volumeClaimTemplate.metadata.name: Forbidden: cannot be set",
      "v[0].ephemeral.volumeClaimTemplate.metadata.uID: Forbidden: cannot be set",
    ],
    [
      { image: { pullPolicy: "Maybe" } },
      "v[0].image.reference: Required value",
      'v[0].image.pullPolicy: Unsupported value: "Maybe": supported values: "Always", "IfNotPresent", "Never"',
    ],
  ])("refuses %j", (source, ...expected) => {
    expect(problems([named(source)])).toEqual(expected);
  });

  it.each<[core.VolumeProjection[], ...unknown[]]>([
    [
      [{ secret: { items: [{ key: "k", path: "p" }] } }, { configMap: { items: [{ key: "k", path: "p" }] } }],
      "v[0].projected.sources[0].secret.name: Required value",
      "v[0].projected.sources[1].configMap.name: Required value",
      'v[0].projected: Invalid value: "": conflicting duplicate paths',
    ],
    [
      [{ downwardAPI: { items: [{ path: "p" }, { path: "p" }] } }],
      "v[0].projected.sources[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
      "v[0].projected.sources[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
      'v[0].projected: Invalid value: "p": conflicting duplicate paths',
    ],
    [
      [{ serviceAccountToken: { path: "" } }, { serviceAccountToken: { path: "/p", expirationSeconds: 599 } }],
      "v[0].projected.sources[0].serviceAccountToken.expirationSeconds: Required value",
      "v[0].projected.path: Required value",
      "v[0].projected.sources[1].serviceAccountToken.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes",
      'v[0].projected.path: Invalid value: "/p": must be a relative path',
    ],
    [
      [{ serviceAccountToken: { path: "p", expirationSeconds: 2 ** 32 + 1 } }],
      "v[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds",
    ],
    [
      [{ clusterTrustBundle: { path: "" } }],
      "v[0].projected.sources[0].clusterTrustBundle: Required value: either name or signerName must be specified",
      "v[0].projected.sources[0].clusterTrustBundle.path: Required value",
    ],
    [
      [{ clusterTrustBundle: { name: "n", signerName: "s", path: "p" } }],
      'v[0].projected.sources[0].clusterTrustBundle: Invalid value: {"Name":"n","SignerName":"s","LabelSelector":null,"Optional":null,"Path":"p"}: only one of name and signerName may be used',
    ],
    [
      [{ clusterTrustBundle: { name: ":n", labelSelector: {}, path: "p" } }],
      'v[0].projected.sources[0].clusterTrustBundle.name: Invalid value: ":n": not a valid clustertrustbundlename: ClusterTrustBundle without signer name must not have ":" in its name',
      "v[0].projected.sources[0].clusterTrustBundle.labelSelector: Invalid value: {}: labelSelector must be unset if name is specified",
    ],
    [
      [{ clusterTrustBundle: { name: "a.b/c:n", path: "p" } }],
      'v[0].projected.sources[0].clusterTrustBundle.name: Invalid value: "a.b/c:n": not a valid clustertrustbundlename: ClusterTrustBundle for signerName a.b/c must be named with prefix a.b:c:',
    ],
    [
      [{ clusterTrustBundle: { name: "", path: "p" } }, { clusterTrustBundle: { signerName: "", path: "p" } }],
      "v[0].projected.sources[0].clusterTrustBundle.name: Required value: must be a valid object name",
      expect.stringContaining("not a valid clustertrustbundlename: a lowercase RFC 1123 subdomain"),
      "v[0].projected.sources[1].clusterTrustBundle.signerName: Required value: must be a valid signer name",
      "v[0].projected.sources[1].clusterTrustBundle.signerName: Required value",
      'v[0].projected: Invalid value: "p": conflicting duplicate paths',
    ],
    [
      [{ podCertificate: { maxExpirationSeconds: 1 } }],
      "v[0].projected.sources[0].podCertificate.signerName: Required value",
      'v[0].projected.sources[0].podCertificate.keyType: Unsupported value: "": supported values: "RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"',
      "v[0].projected.sources[0].podCertificate.maxExpirationSeconds: Invalid value: 1: if provided, maxExpirationSeconds must be >= 3600",
      "v[0].projected.sources[0].podCertificate: Required value: specify at least one of credentialBundlePath, keyPath, and certificateChainPath",
    ],
    [
      [
        {
          podCertificate: {
            signerName: "kubernetes.io/x",
            keyType: "ED25519",
            maxExpirationSeconds: 86401,
            keyPath: "k",
            certificateChainPath: "k",
            userAnnotations: { a: "b", "": "" },
          },
        },
      ],
      'v[0].projected.sources[0].podCertificate.userAnnotations: Invalid value: "a": must be a domain-prefixed key (such as "acme.io/foo")',
      "v[0].projected.sources[0].podCertificate.userAnnotations: Required value",
      "v[0].projected.sources[0].podCertificate.maxExpirationSeconds: Invalid value: 86401: if provided, maxExpirationSeconds must be <= 86400",
      'v[0].projected: Invalid value: "k": conflicting duplicate paths',
    ],
    [
      [{ secret: { name: "s" }, configMap: { name: "c" } }],
      "v[0].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source",
    ],
  ])("refuses the projection of %j", (sources, ...expected) => {
    expect(problems([named({ projected: { sources } })])).toEqual(expected);
  });

  it("have names of their own", () => {
    const source = { emptyDir: {} };
    expect(
      problems([
        { name: "", ...source },
        { name: "A", ...source },
      ]),
    ).toEqual([
      "v[0].name: Required value",
      expect.stringContaining('v[1].name: Invalid value: "A": a lowercase RFC 1123 label'),
    ]);
    expect(problems([named(source), named(source)])).toEqual(['v[1].name: Duplicate value: "a"']);
  });

  it("do not name the claim that is made for another", () => {
    const spec = { volumeClaimTemplate: { metadata, spec: claimSpec } };
    const volumes = [named({ ephemeral: spec }), { name: "b", persistentVolumeClaim: { claimName: "pod-a" } }];
    expect(problems(volumes)).toEqual([]);
    expect(problems(volumes, {}, "pod")).toEqual([
      'v[1].persistentVolumeClaim.claimName: Invalid value: "pod-a": must not reference a PVC that gets created for an ephemeral volume',
    ]);
    expect(problems([named({ ephemeral: spec })], {}, "p".repeat(252))).toEqual([
      expect.stringMatching(/^v\[0\]\.name: Invalid value: "a": PVC name "p+-a": must be no more than 253 characters$/),
    ]);
  });

  it("may stay as they were", () => {
    expect(problems([named({ image: { pullPolicy: "Always" } })], { emptyImageReferences: true })).toEqual([]);
    const token = projected({ serviceAccountToken: { expirationSeconds: 3600, path: "../t" } });
    expect(problems([named(token)], { tokenPaths: true })).toEqual([]);
  });
});
