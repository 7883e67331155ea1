import type { TypeDescriptions } from "./type-descriptions.js";

const REFERENCE_OPTIONAL = "True: it is no error when it is not there.";
const LOCALHOST_PROFILE = "Name of a profile that is on the node; only for the type Localhost, and needed there.";
const PROFILE_TYPE = "Unconfined: none. RuntimeDefault: the one of the container runtime. Localhost: one of the node.";

const CONTAINER = {
  name: "Name of the container, a DNS label that is unique in the pod; it cannot be changed.",
  image: "The image to run, with its registry, tag or digest.",
  command:
    "The program and what it is started with, without a shell; default: the entry point of the image. $(NAME) stands for an environment variable.",
  args: "What the program is started with; default: the command of the image. $(NAME) stands for an environment variable.",
  workingDir: "The directory in which the program starts; default: what the image says.",
  ports: "Ports that the container listens on. They tell others; a port that is not listed can be reached too.",
  envFrom:
    "Config maps and secrets whose every key becomes an environment variable; later ones go before earlier ones.",
  env: "Environment variables; they go before those of envFrom.",
  resources: "What the container needs and what it may take at most.",
  resizePolicy: "Whether the container must start again when its cpu or memory changes.",
  restartPolicy:
    "When the container starts again, in place of what the pod says; Always makes an init container run beside the others.",
  restartPolicyRules: "Rules by exit code that go before restartPolicy; the first that fits counts.",
  volumeMounts: "Where volumes of the pod are mounted in the container.",
  volumeDevices: "Where volumes of the pod are block devices in the container.",
  livenessProbe: "Asked time and again; when it fails the container is started again.",
  readinessProbe: "Asked time and again; while it fails services send nothing to the pod.",
  startupProbe:
    "Asked first; until it succeeds the other probes wait, and when it fails the container is started again.",
  lifecycle: "What is done right after the container starts and before it is stopped.",
  terminationMessagePath: "File in which the container may leave its last words; default: /dev/termination-log.",
  terminationMessagePolicy:
    "File (the default): the last words are those of the file. FallbackToLogsOnError: the end of the log when the file is empty and the container failed.",
  imagePullPolicy:
    "When the image is pulled: Always, IfNotPresent or Never; default: Always for the tag latest and without a tag, else IfNotPresent.",
  securityContext: "User and other rights of the container; they go before those of the pod.",
  stdin: "True: the container has an input that one can attach to; else reading ends at once.",
  stdinOnce: "True: the input ends when the first who attached to it leaves.",
  tty: "True: the container gets a terminal; it needs stdin.",
};

/** What the types that make a container are, and their fields, for `kubectl explain`. */
export const CORE_V1_CONTAINER: TypeDescriptions = {
  Container: { "": "Container is one program of a pod, run from an image.", ...CONTAINER },
  EphemeralContainer: {
    "": "EphemeralContainer is a container that was added to a running pod to look into it; it is never started again.",
    targetContainerName: "Name of the container whose processes it sees; without it those that the pod shares.",
  },
  EphemeralContainerCommon: {
    "": "EphemeralContainerCommon is what an ephemeral container has in common with others; some of it must not be set.",
    ...CONTAINER,
    ports: "Not allowed here.",
    resources: "Not allowed here: it takes from what the pod has.",
    resizePolicy: "Not allowed here.",
    restartPolicy: "Not allowed here: it is never started again.",
    restartPolicyRules: "Not allowed here.",
    volumeMounts: "Where volumes of the pod are mounted in the container; subPath is not allowed.",
    livenessProbe: "Not allowed here.",
    readinessProbe: "Not allowed here.",
    startupProbe: "Not allowed here.",
    lifecycle: "Not allowed here.",
  },
  ContainerPort: {
    "": "ContainerPort is a port that a container listens on.",
    name: "Name of the port, unique in the pod, at most 15 characters; services can use it in place of the number.",
    hostPort: "Port of the node that leads to it; on the node's network it must be the same as containerPort.",
    containerPort: "The number of the port, from 1 to 65535.",
    protocol: "TCP (the default), UDP or SCTP.",
    hostIP: "Address of the node to which hostPort is bound; default: all.",
  },
  EnvFromSource: {
    "": "EnvFromSource is a set of environment variables: one for each key of a config map or a secret.",
    prefix: "Put before every key to make the name of the variable.",
    configMapRef: "The config map.",
    secretRef: "The secret.",
  },
  ConfigMapEnvSource: {
    "": "ConfigMapEnvSource is a config map of which every key becomes an environment variable.",
    optional: REFERENCE_OPTIONAL,
  },
  SecretEnvSource: {
    "": "SecretEnvSource is a secret of which every key becomes an environment variable.",
    optional: REFERENCE_OPTIONAL,
  },
  EnvVar: {
    "": "EnvVar is an environment variable of a container.",
    name: "Name of the variable.",
    value: "Its value; $(NAME) stands for a variable defined before it, $$(NAME) for the text itself. Default: empty.",
    valueFrom: "Where the value is taken from when the container starts; not together with value.",
  },
  EnvVarSource: {
    "": "EnvVarSource is where the value of an environment variable is taken from; one of them.",
    fieldRef: "A field of the pod, such as metadata.name, metadata.labels['app'], spec.nodeName or status.podIP.",
    resourceFieldRef: "A request or limit of a container, such as limits.cpu.",
    configMapKeyRef: "A key of a config map.",
    secretKeyRef: "A key of a secret.",
    fileKeyRef: "A key of a file that is in a volume.",
  },
  ObjectFieldSelector: {
    "": "ObjectFieldSelector is a field of the object itself.",
    apiVersion: "The version in which the path is meant; default: v1.",
    fieldPath: "Path of the field, such as metadata.name.",
  },
  ResourceFieldSelector: {
    "": "ResourceFieldSelector is a request or limit of a container.",
    containerName: "Name of the container; needed in volumes, else the one at hand.",
    resource: "What is meant: limits.cpu, limits.memory, requests.cpu, requests.memory, and others.",
    divisor: "The unit in which it is given, rounded up; default: 1.",
  },
  ConfigMapKeySelector: {
    "": "ConfigMapKeySelector is a key of a config map.",
    key: "The key.",
    optional: "True: it is no error when the config map or the key is not there.",
  },
  SecretKeySelector: {
    "": "SecretKeySelector is a key of a secret.",
    key: "The key.",
    optional: "True: it is no error when the secret or the key is not there.",
  },
  FileKeySelector: {
    "": "FileKeySelector is a key of a file with environment variables.",
    volumeName: "Name of the volume that has the file.",
    path: "Path of the file in the volume; relative, without `..`.",
    key: "The key in the file.",
    optional: "True: it is no error when the file or the key is not there.",
  },
  ResourceRequirements: {
    "": "ResourceRequirements is what a container needs and what it may take at most.",
    limits: "The most that it may take of each resource.",
    requests: "What is set aside for it of each resource; default: the limits. It is never more than the limits.",
    claims: "Claims of the pod whose devices the container uses.",
  },
  ResourceClaim: {
    "": "ResourceClaim is a claim of the pod that a container uses.",
    name: "Name of an entry in the pod's resourceClaims.",
    request: "The one request of the claim that is meant; without it all.",
  },
  ContainerResizePolicy: {
    "": "ContainerResizePolicy is what becomes of a container when one of its resources changes.",
    resourceName: "The resource: cpu or memory.",
    restartPolicy: "NotRequired (the default): it runs on if that can be. RestartContainer: it is started again.",
  },
  ContainerRestartRule: {
    "": "ContainerRestartRule is what is done when a container has ended in a certain way.",
    action: "Restart: start the container again. RestartAllContainers: start all containers of the pod again.",
    exitCodes: "The exit codes for which it is done.",
  },
  ContainerRestartRuleOnExitCodes: {
    "": "ContainerRestartRuleOnExitCodes is a set of exit codes.",
    operator: "In: one of the values. NotIn: none of them.",
    values: "Exit codes, at most 255 of them.",
  },
  VolumeMount: {
    "": "VolumeMount is where a volume is mounted in a container.",
    name: "Name of the volume in the pod.",
    readOnly: "True: the container cannot write to it. Default: false.",
    recursiveReadOnly:
      "Whether what is mounted below is read-only too: Disabled (the default), IfPossible or Enabled; the last two need readOnly.",
    mountPath: "Where it is mounted in the container; without a colon, and each path once.",
    subPath: "Path in the volume that is mounted; default: its root.",
    mountPropagation:
      "Whether later mounts are seen: None (the default), HostToContainer those of the node, Bidirectional both ways, for privileged containers.",
    subPathExpr: "Like subPath, with $(NAME) for environment variables of the container; not together with it.",
  },
  VolumeDevice: {
    "": "VolumeDevice is where a volume is a block device in a container.",
    name: "Name of the volume in the pod; it is a claim with volumeMode Block.",
    devicePath: "Path of the device in the container.",
  },
  Probe: {
    "": "Probe is how and when a container is asked whether it is well.",
    initialDelaySeconds: "Seconds between the start of the container and the first question; default: 0.",
    timeoutSeconds: "Seconds after which no answer is a failure; default: 1.",
    periodSeconds: "Seconds between two questions; default: 10.",
    successThreshold:
      "How many good answers in a row make it well again; default: 1, which liveness and startup must have.",
    failureThreshold: "How many bad answers in a row make it fail; default: 3.",
    terminationGracePeriodSeconds:
      "Seconds that the container has to end when the probe fails, in place of the pod's; not for readiness.",
  },
  ProbeHandler: {
    "": "ProbeHandler is how a container is asked; exactly one of them.",
    exec: "Runs a command in the container; 0 as its exit code is good.",
    httpGet: "Sends an HTTP GET; a status from 200 to 399 is good.",
    tcpSocket: "Opens a TCP connection; that it opens is good.",
    grpc: "Asks the health service of gRPC; SERVING is good.",
  },
  ExecAction: {
    "": "ExecAction is a command that is run in a container.",
    command: "The program and what it is started with; it runs in / and without a shell.",
  },
  HTTPGetAction: {
    "": "HTTPGetAction is an HTTP GET.",
    path: "The path; default: /.",
    port: "Number of the port, or the name that the container gives it.",
    host: "The host; default: the pod's address.",
    scheme: "HTTP (the default) or HTTPS; the certificate is not checked.",
    httpHeaders: "Headers of the request.",
  },
  HTTPHeader: { "": "HTTPHeader is a header of a request.", name: "Name of the header.", value: "Its value." },
  TCPSocketAction: {
    "": "TCPSocketAction is a TCP connection that is opened.",
    port: "Number of the port, or the name that the container gives it.",
    host: "The host; default: the pod's address.",
  },
  GRPCAction: {
    "": "GRPCAction is a question to the health service of gRPC.",
    port: "Number of the port.",
    service: "The service that is asked about; default: empty, the server as a whole.",
  },
  Lifecycle: {
    "": "Lifecycle is what is done when a container starts and when it is stopped.",
    postStart:
      "Done right after the start; when it fails the container is stopped. Nothing waits for it before the program runs.",
    preStop:
      "Done before the container is told to stop; it takes from the grace period, and the container waits for it.",
    stopSignal:
      "The signal that tells the container to stop; default: what the image says, else SIGTERM. It needs the pod's os.",
  },
  LifecycleHandler: {
    "": "LifecycleHandler is one thing that is done; exactly one of them.",
    exec: "Runs a command in the container.",
    httpGet: "Sends an HTTP GET.",
    tcpSocket: "Not used any more; it fails when it is run.",
    sleep: "Waits.",
  },
  SleepAction: { "": "SleepAction is a wait.", seconds: "For how many seconds." },
  SecurityContext: {
    "": "SecurityContext is the rights of a container; they go before those of its pod.",
    capabilities: "Rights of the kernel that are given or taken; default: those of the container runtime.",
    privileged: "True: the container may do what root on the node may. Default: false.",
    seLinuxOptions: "The SELinux label; without it the runtime makes one up.",
    windowsOptions: "What is for Windows only.",
    runAsUser: "The number of the user that the program runs as; default: what the image says.",
    runAsGroup: "The number of the group that the program runs as; default: what the runtime does.",
    runAsNonRoot: "True: the container does not start if it would run as user 0.",
    readOnlyRootFilesystem: "True: the container cannot write to its own file system. Default: false.",
    allowPrivilegeEscalation:
      "False: no program may gain more rights than the one that started it. Privileged containers always may.",
    procMount:
      "Default: the runtime hides parts of /proc. Unmasked: it hides nothing; that needs hostUsers to be false.",
    seccompProfile: "Which calls of the kernel the container may make.",
    appArmorProfile: "The AppArmor profile.",
  },
  Capabilities: {
    "": "Capabilities is rights of the kernel that are given to a container, or taken from it.",
    add: "Rights that are given, such as NET_ADMIN.",
    drop: "Rights that are taken; ALL takes all of them.",
  },
  SELinuxOptions: {
    "": "SELinuxOptions is an SELinux label.",
    user: "Its user.",
    role: "Its role.",
    type: "Its type.",
    level: "Its level.",
  },
  WindowsSecurityContextOptions: {
    "": "WindowsSecurityContextOptions is rights that only Windows has.",
    gmsaCredentialSpecName: "Name of the GMSA credential spec.",
    gmsaCredentialSpec: "Text of the GMSA credential spec.",
    runAsUserName: "Name of the user that the program runs as; default: what the image says.",
    hostProcess:
      "True: it runs as a process of the node itself; then all containers of the pod must, with hostNetwork.",
  },
  SeccompProfile: {
    "": "SeccompProfile is which calls of the kernel may be made.",
    type: PROFILE_TYPE,
    localhostProfile: "Path of a profile below the kubelet's directory; only for the type Localhost, and needed there.",
  },
  AppArmorProfile: {
    "": "AppArmorProfile is what AppArmor allows.",
    type: PROFILE_TYPE,
    localhostProfile: LOCALHOST_PROFILE,
  },
};
