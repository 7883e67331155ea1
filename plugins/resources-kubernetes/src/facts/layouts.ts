// Written by facts/layouts.go.

/** The structs that kube-apiserver 1.37 keeps objects in, one a line: a name, then fields with what they hold. */
export const LAYOUTS = `
AWSElasticBlockStoreVolumeSource VolumeID:s FSType/fsType:s Partition:0 ReadOnly:f
Affinity NodeAffinity:*NodeAffinity PodAffinity:*PodAffinity PodAntiAffinity:*PodAntiAffinity
AppArmorProfile Type:s LocalhostProfile:n
AzureDiskVolumeSource DiskName:s DataDiskURI/diskURI:s CachingMode:n FSType/fsType:n ReadOnly:n Kind:n
AzureFilePersistentVolumeSource SecretName:s ShareName:s ReadOnly:f SecretNamespace:n
AzureFileVolumeSource SecretName:s ShareName:s ReadOnly:f
CSIPersistentVolumeSource Driver:s VolumeHandle:s ReadOnly:f FSType/fsType:s VolumeAttributes:m ControllerPublishSecretRef:*SecretReference NodeStageSecretRef:*SecretReference NodePublishSecretRef:*SecretReference ControllerExpandSecretRef:*SecretReference NodeExpandSecretRef:*SecretReference
CSIVolumeSource Driver:s ReadOnly:n FSType/fsType:n VolumeAttributes:m NodePublishSecretRef:*LocalObjectReference
Capabilities Add:n Drop:n
CephFSPersistentVolumeSource Monitors:n Path:s User:s SecretFile:s SecretRef:*SecretReference ReadOnly:f
CephFSVolumeSource Monitors:n Path:s User:s SecretFile:s SecretRef:*LocalObjectReference ReadOnly:f
CinderPersistentVolumeSource VolumeID:s FSType/fsType:s ReadOnly:f SecretRef:*SecretReference
CinderVolumeSource VolumeID:s FSType/fsType:s ReadOnly:f SecretRef:*LocalObjectReference
ClusterTrustBundleProjection Name:n SignerName:n LabelSelector:n Optional:n Path:s User:n
ConfigMapEnvSource Name:s Optional:n
ConfigMapKeySelector Name:s Key:s Optional:n
ConfigMapProjection Name:s Items:[]KeyToPath Optional:n
ConfigMapVolumeSource Name:s Items:[]KeyToPath DefaultMode:n Optional:n DefaultUser:n
Container Name:s Image:s Command:n Args:n WorkingDir:s Ports:[]ContainerPort EnvFrom:[]EnvFromSource Env:[]EnvVar Resources:ResourceRequirements ResizePolicy:[]ContainerResizePolicy RestartPolicy:n RestartPolicyRules:[]ContainerRestartRule VolumeMounts:[]VolumeMount VolumeDevices:[]VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe StartupProbe:*Probe Lifecycle:*Lifecycle TerminationMessagePath:s TerminationMessagePolicy:s ImagePullPolicy:s SecurityContext:*SecurityContext Stdin:f StdinOnce:f TTY/tty:f
ContainerPort Name:s HostPort:0 ContainerPort:0 Protocol:s HostIP:s
ContainerResizePolicy ResourceName:s RestartPolicy:s
ContainerRestartRule Action:s ExitCodes:*ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes Operator:s Values:n
DownwardAPIProjection Items:[]DownwardAPIVolumeFile
DownwardAPIVolumeFile Path:s FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector Mode:n User:n
DownwardAPIVolumeSource Items:[]DownwardAPIVolumeFile DefaultMode:n DefaultUser:n
EmptyDirVolumeSource Medium:s SizeLimit:n Mode:n
EnvFromSource Prefix:s ConfigMapRef:*ConfigMapEnvSource SecretRef:*SecretEnvSource
EnvVar Name:s Value:s ValueFrom:*EnvVarSource
EnvVarSource FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector ConfigMapKeyRef:*ConfigMapKeySelector SecretKeyRef:*SecretKeySelector FileKeyRef:*FileKeySelector
EphemeralContainer Name:s Image:s Command:n Args:n WorkingDir:s Ports:[]ContainerPort EnvFrom:[]EnvFromSource Env:[]EnvVar Resources:ResourceRequirements ResizePolicy:[]ContainerResizePolicy RestartPolicy:n RestartPolicyRules:[]ContainerRestartRule VolumeMounts:[]VolumeMount VolumeDevices:[]VolumeDevice LivenessProbe:*Probe ReadinessProbe:*Probe StartupProbe:*Probe Lifecycle:*Lifecycle TerminationMessagePath:s TerminationMessagePolicy:s ImagePullPolicy:s SecurityContext:*SecurityContext Stdin:f StdinOnce:f TTY/tty:f TargetContainerName:s
EphemeralVolumeSource VolumeClaimTemplate:*PersistentVolumeClaimTemplate
EvictionResponder Name:s Priority:n
ExecAction Command:n
FCVolumeSource TargetWWNs:n Lun:n FSType/fsType:s ReadOnly:f WWIDs/wwids:n
FileKeySelector VolumeName:s Path:s Key:s Optional:n
FlexPersistentVolumeSource Driver:s FSType/fsType:s SecretRef:*SecretReference ReadOnly:f Options:m
FlexVolumeSource Driver:s FSType/fsType:s SecretRef:*LocalObjectReference ReadOnly:f Options:m
FlockerVolumeSource DatasetName:s DatasetUUID:s
GCEPersistentDiskVolumeSource PDName/pdName:s FSType/fsType:s Partition:0 ReadOnly:f
GRPCAction Port:0 Service:n Mode:n
GitRepoVolumeSource Repository:s Revision:s Directory:s
GlusterfsPersistentVolumeSource EndpointsName/endpoints:s Path:s ReadOnly:f EndpointsNamespace:n
GlusterfsVolumeSource EndpointsName/endpoints:s Path:s ReadOnly:f
HTTPGetAction Path:s Port:0 Host:s Scheme:s HTTPHeaders/httpHeaders:[]HTTPHeader Protocol:n
HTTPHeader Name:s Value:s
HostAlias IP/ip:s Hostnames:n
HostPathVolumeSource Path:s Type:n
ISCSIPersistentVolumeSource TargetPortal:s IQN/iqn:s Lun:0 ISCSIInterface/iscsiInterface:s FSType/fsType:s ReadOnly:f Portals:n DiscoveryCHAPAuth/chapAuthDiscovery:f SessionCHAPAuth/chapAuthSession:f SecretRef:*SecretReference InitiatorName:n
ISCSIVolumeSource TargetPortal:s IQN/iqn:s Lun:0 ISCSIInterface/iscsiInterface:s FSType/fsType:s ReadOnly:f Portals:n DiscoveryCHAPAuth/chapAuthDiscovery:f SessionCHAPAuth/chapAuthSession:f SecretRef:*LocalObjectReference InitiatorName:n
ImageVolumeSource Reference:s PullPolicy:s
KeyToPath Key:s Path:s Mode:n User:n
Lifecycle PostStart:*LifecycleHandler PreStop:*LifecycleHandler StopSignal:n
LifecycleHandler Exec:*ExecAction HTTPGet/httpGet:*HTTPGetAction TCPSocket/tcpSocket:*TCPSocketAction Sleep:*SleepAction
LocalObjectReference Name:s
LocalVolumeSource Path:s FSType/fsType:n
NFSVolumeSource Server:s Path:s ReadOnly:f
NodeAddress Type:s Address:s
NodeAffinity RequiredDuringSchedulingIgnoredDuringExecution:*NodeSelector PreferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm
NodeSelector NodeSelectorTerms:[]NodeSelectorTerm
NodeSelectorRequirement Key:s Operator:s Values:n
NodeSelectorTerm MatchExpressions:[]NodeSelectorRequirement MatchFields:[]NodeSelectorRequirement
ObjectFieldSelector APIVersion/apiVersion:s FieldPath:s
ObjectReference Kind:s Namespace:s Name:s UID/uid:s APIVersion/apiVersion:s ResourceVersion:s FieldPath:s
PersistentVolumeClaimSpec AccessModes:n Selector:n Resources:VolumeResourceRequirements VolumeName:s StorageClassName:n VolumeMode:n DataSource:*TypedLocalObjectReference DataSourceRef:*TypedObjectReference VolumeAttributesClassName:n
PersistentVolumeClaimTemplate /metadata:- Spec:PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource ClaimName:s ReadOnly:f
PersistentVolumeSource GCEPersistentDisk/gcePersistentDisk:*GCEPersistentDiskVolumeSource AWSElasticBlockStore/awsElasticBlockStore:*AWSElasticBlockStoreVolumeSource HostPath:*HostPathVolumeSource Glusterfs:*GlusterfsPersistentVolumeSource NFS/nfs:*NFSVolumeSource RBD/rbd:*RBDPersistentVolumeSource ISCSI/iscsi:*ISCSIPersistentVolumeSource Cinder:*CinderPersistentVolumeSource CephFS/cephfs:*CephFSPersistentVolumeSource FC/fc:*FCVolumeSource Flocker:*FlockerVolumeSource FlexVolume:*FlexPersistentVolumeSource AzureFile:*AzureFilePersistentVolumeSource VsphereVolume:*VsphereVirtualDiskVolumeSource Quobyte:*QuobyteVolumeSource AzureDisk:*AzureDiskVolumeSource PhotonPersistentDisk:*PhotonPersistentDiskVolumeSource PortworxVolume:*PortworxVolumeSource ScaleIO:*ScaleIOPersistentVolumeSource Local:*LocalVolumeSource StorageOS/storageos:*StorageOSPersistentVolumeSource CSI/csi:*CSIPersistentVolumeSource
PhotonPersistentDiskVolumeSource PdID:s FSType/fsType:s
PodAffinity RequiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodAffinityTerm LabelSelector:n Namespaces:n TopologyKey:s NamespaceSelector:n MatchLabelKeys:n MismatchLabelKeys:n
PodAntiAffinity RequiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodCertificateProjection SignerName:s KeyType:s MaxExpirationSeconds:n CredentialBundlePath:s KeyPath:s CertificateChainPath:s UserAnnotations:m User:n
PodDNSConfig Nameservers:n Searches:n Options:[]PodDNSConfigOption
PodDNSConfigOption Name:s Value:n
PodOS Name:s
PodReadinessGate ConditionType:s
PodResourceClaim Name:s ResourceClaimName:n ResourceClaimTemplateName:n
PodSchedulingGate Name:s
PodSchedulingGroup PodGroupName:n
PodSecurityContext SELinuxOptions/seLinuxOptions:*SELinuxOptions WindowsOptions:*WindowsSecurityContextOptions RunAsUser:n RunAsGroup:n RunAsNonRoot:n SupplementalGroups:n SupplementalGroupsPolicy:n FSGroup/fsGroup:n Sysctls:[]Sysctl FSGroupChangePolicy/fsGroupChangePolicy:n SeccompProfile:*SeccompProfile AppArmorProfile:*AppArmorProfile SELinuxChangePolicy/seLinuxChangePolicy:n
PodSpec Volumes:[]Volume InitContainers:[]Container Containers:[]Container EphemeralContainers:[]EphemeralContainer RestartPolicy:s TerminationGracePeriodSeconds:n ActiveDeadlineSeconds:n DNSPolicy/dnsPolicy:s NodeSelector:m ServiceAccountName:s DeprecatedServiceAccount/serviceAccount:s AutomountServiceAccountToken:n NodeName:s HostNetwork:f HostPID:f HostIPC:f ShareProcessNamespace:n SecurityContext:*PodSecurityContext ImagePullSecrets:[]LocalObjectReference Hostname:s Subdomain:s Affinity:*Affinity SchedulerName:s Tolerations:[]Toleration HostAliases:[]HostAlias PriorityClassName:s Priority:n DNSConfig/dnsConfig:*PodDNSConfig ReadinessGates:[]PodReadinessGate RuntimeClassName:n EnableServiceLinks:n PreemptionPolicy:n Overhead:m TopologySpreadConstraints:[]TopologySpreadConstraint SetHostnameAsFQDN:n OS/os:*PodOS HostUsers:n SchedulingGates:[]PodSchedulingGate ResourceClaims:[]PodResourceClaim Resources:*ResourceRequirements HostnameOverride:n SchedulingGroup:*PodSchedulingGroup EvictionResponders:[]EvictionResponder
PodTemplateSpec /metadata:- Spec:PodSpec
PortworxVolumeSource VolumeID:s FSType/fsType:s ReadOnly:f
PreferredSchedulingTerm Weight:0 Preference:NodeSelectorTerm
Probe Exec:*ExecAction HTTPGet/httpGet:*HTTPGetAction TCPSocket/tcpSocket:*TCPSocketAction GRPC/grpc:*GRPCAction InitialDelaySeconds:0 TimeoutSeconds:0 PeriodSeconds:0 SuccessThreshold:0 FailureThreshold:0 TerminationGracePeriodSeconds:n
ProjectedVolumeSource Sources:[]VolumeProjection DefaultMode:n DefaultUser:n
QuobyteVolumeSource Registry:s Volume:s ReadOnly:f User:s Group:s Tenant:s
RBDPersistentVolumeSource CephMonitors/monitors:n RBDImage/image:s FSType/fsType:s RBDPool/pool:s RadosUser/user:s Keyring:s SecretRef:*SecretReference ReadOnly:f
RBDVolumeSource CephMonitors/monitors:n RBDImage/image:s FSType/fsType:s RBDPool/pool:s RadosUser/user:s Keyring:s SecretRef:*LocalObjectReference ReadOnly:f
ResourceClaim Name:s Request:s
ResourceFieldSelector ContainerName:s Resource:s Divisor:q
ResourceRequirements Limits:m Requests:m Claims:[]ResourceClaim
SELinuxOptions User:s Role:s Type:s Level:s
ScaleIOPersistentVolumeSource Gateway:s System:s SecretRef:*SecretReference SSLEnabled/sslEnabled:f ProtectionDomain:s StoragePool:s StorageMode:s VolumeName:s FSType/fsType:s ReadOnly:f
ScaleIOVolumeSource Gateway:s System:s SecretRef:*LocalObjectReference SSLEnabled/sslEnabled:f ProtectionDomain:s StoragePool:s StorageMode:s VolumeName:s FSType/fsType:s ReadOnly:f
SeccompProfile Type:s LocalhostProfile:n
SecretEnvSource Name:s Optional:n
SecretKeySelector Name:s Key:s Optional:n
SecretProjection Name:s Items:[]KeyToPath Optional:n
SecretReference Name:s Namespace:s
SecretVolumeSource SecretName:s Items:[]KeyToPath DefaultMode:n Optional:n DefaultUser:n
SecurityContext Capabilities:*Capabilities Privileged:n SELinuxOptions/seLinuxOptions:*SELinuxOptions WindowsOptions:*WindowsSecurityContextOptions RunAsUser:n RunAsGroup:n RunAsNonRoot:n ReadOnlyRootFilesystem:n AllowPrivilegeEscalation:n ProcMount:n SeccompProfile:*SeccompProfile AppArmorProfile:*AppArmorProfile
ServiceAccountTokenProjection Audience:s ExpirationSeconds:n Path:s User:n
SleepAction Seconds:0
StorageOSPersistentVolumeSource VolumeName:s VolumeNamespace:s FSType/fsType:s ReadOnly:f SecretRef:*ObjectReference
StorageOSVolumeSource VolumeName:s VolumeNamespace:s FSType/fsType:s ReadOnly:f SecretRef:*LocalObjectReference
Sysctl Name:s Value:s
TCPSocketAction Port:0 Host:s
Taint Key:s Value:s Effect:s TimeAdded:n
Toleration Key:s Operator:s Value:s Effect:s TolerationSeconds:n
TopologySpreadConstraint MaxSkew:0 TopologyKey:s WhenUnsatisfiable:s LabelSelector:n MinDomains:n NodeAffinityPolicy:n NodeTaintsPolicy:n MatchLabelKeys:n
TypedLocalObjectReference APIGroup/apiGroup:n Kind:s Name:s
TypedObjectReference APIGroup/apiGroup:n Kind:s Name:s Namespace:n
Volume Name:s HostPath:*HostPathVolumeSource EmptyDir:*EmptyDirVolumeSource GCEPersistentDisk/gcePersistentDisk:*GCEPersistentDiskVolumeSource AWSElasticBlockStore/awsElasticBlockStore:*AWSElasticBlockStoreVolumeSource GitRepo:*GitRepoVolumeSource Secret:*SecretVolumeSource NFS/nfs:*NFSVolumeSource ISCSI/iscsi:*ISCSIVolumeSource Glusterfs:*GlusterfsVolumeSource PersistentVolumeClaim:*PersistentVolumeClaimVolumeSource RBD/rbd:*RBDVolumeSource FlexVolume:*FlexVolumeSource Cinder:*CinderVolumeSource CephFS/cephfs:*CephFSVolumeSource Flocker:*FlockerVolumeSource DownwardAPI:*DownwardAPIVolumeSource FC/fc:*FCVolumeSource AzureFile:*AzureFileVolumeSource ConfigMap:*ConfigMapVolumeSource VsphereVolume:*VsphereVirtualDiskVolumeSource Quobyte:*QuobyteVolumeSource AzureDisk:*AzureDiskVolumeSource PhotonPersistentDisk:*PhotonPersistentDiskVolumeSource Projected:*ProjectedVolumeSource PortworxVolume:*PortworxVolumeSource ScaleIO:*ScaleIOVolumeSource StorageOS/storageos:*StorageOSVolumeSource CSI/csi:*CSIVolumeSource Ephemeral:*EphemeralVolumeSource Image:*ImageVolumeSource
VolumeDevice Name:s DevicePath:s
VolumeMount Name:s ReadOnly:f RecursiveReadOnly:n MountPath:s SubPath:s MountPropagation:n SubPathExpr:s BindMountOptions:n
VolumeProjection Secret:*SecretProjection DownwardAPI:*DownwardAPIProjection ConfigMap:*ConfigMapProjection ServiceAccountToken:*ServiceAccountTokenProjection ClusterTrustBundle:*ClusterTrustBundleProjection PodCertificate:*PodCertificateProjection
VolumeResourceRequirements Limits:m Requests:m
VsphereVirtualDiskVolumeSource VolumePath:s FSType/fsType:s StoragePolicyName:s StoragePolicyID:s
WeightedPodAffinityTerm Weight:0 PodAffinityTerm:PodAffinityTerm
WindowsSecurityContextOptions GMSACredentialSpecName/gmsaCredentialSpecName:n GMSACredentialSpec/gmsaCredentialSpec:n RunAsUserName:n HostProcess:n
`;
