import { FieldErrors } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import type * as core from "../../types/core-v1.js";
import { checkPodSpec, type PodSpecOptions } from "./check-pod-spec.js";
import { defaultPodSpec } from "./default-pod-spec.js";

const container: core.Container = { name: "a", image: "x", resources: {} };

function problems(fields: Partial<core.PodSpec>, options?: PodSpecOptions): string[] {
  const spec: core.PodSpec = structuredClone({ containers: [container], ...fields });
  defaultPodSpec(spec);
  const errors = new FieldErrors();
  checkPodSpec(spec, "spec", errors, options);
  return errors.list.map(({ field, message }) => `${field}: ${message}`);
}

const one = (fields: Partial<core.Container>): Partial<core.PodSpec> => ({ containers: [{ ...container, ...fields }] });
const init = (fields: Partial<core.Container>): Partial<core.PodSpec> => ({
  initContainers: [{ ...container, name: "i", ...fields }],
});
const c = "spec.containers[0]";

describe("containers", () => {
  it.each<[string, Partial<core.PodSpec>]>([
    [
      "ports",
      one({
        ports: [
          { containerPort: 80, name: "http" },
          { containerPort: 53, protocol: "UDP" },
        ],
      }),
    ],
    [
      "variables",
      one({
        env: [
          { name: "A B", value: "x" },
          { name: "b", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
          { name: "c", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1m" } } },
          { name: "d", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
        ],
        envFrom: [{ prefix: "P-", configMapRef: { name: "c" } }, { secretRef: { name: "s" } }],
      }),
    ],
    ["probes", one({ livenessProbe: { httpGet: { port: "web" } }, readinessProbe: { grpc: { port: 1 } } })],
    ["hooks", one({ lifecycle: { preStop: { sleep: { seconds: 30 } }, postStart: { exec: { command: ["a"] } } } })],
    [
      "rules",
      one({
        restartPolicy: "Never",
        restartPolicyRules: [{ action: "RestartAllContainers", exitCodes: { operator: "In", values: [1] } }],
      }),
    ],
    ["sidecars", init({ restartPolicy: "Always", startupProbe: { tcpSocket: { port: 1 } }, lifecycle: {} })],
    ["a stop signal", { ...one({ lifecycle: { stopSignal: "SIGRTMAX-14" } }), os: { name: "linux" } }],
    [
      "a file's key",
      {
        ...one({ env: [{ name: "a", valueFrom: { fileKeyRef: { volumeName: "v", path: "p", key: "k" } } }] }),
        volumes: [{ name: "v", emptyDir: {} }],
      },
    ],
  ])("may have %s", (_, fields) => {
    expect(problems(fields)).toEqual([]);
  });

  it.each<[Partial<core.Container>, ...unknown[]]>([
    [{ name: "" }, ".name: Required value"],
    [
      { terminationMessagePolicy: "x" },
      '.terminationMessagePolicy: Unsupported value: "x": supported values: "File", "FallbackToLogsOnError"',
    ],
    [
      { imagePullPolicy: "x" },
      '.imagePullPolicy: Unsupported value: "x": supported values: "Always", "IfNotPresent", "Never"',
    ],
    [
      {
        ports: [
          { containerPort: 0, name: "A" },
          { containerPort: 70000, hostPort: -1, protocol: "x" },
        ],
      },
      '.ports[0].name: Invalid value: "A": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      '.ports[0].name: Invalid value: "A": must contain at least one letter (a-z)',
      ".ports[0].containerPort: Required value",
      ".ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
      ".ports[1].hostPort: Invalid value: -1: must be between 1 and 65535, inclusive",
      '.ports[1].protocol: Unsupported value: "x": supported values: "SCTP", "TCP", "UDP"',
    ],
    [
      {
        ports: [
          { containerPort: 1, hostPort: 1, name: "a" },
          { containerPort: 2, hostPort: 1, name: "a" },
        ],
      },
      '.ports[1].name: Duplicate value: "a"',
      '.ports[1].hostPort: Duplicate value: "TCP//1"',
    ],
    [
      { env: [{ name: "" }, { name: "a=b" }, { name: "c", valueFrom: {} }] },
      ".env[0].name: Required value",
      `.env[1].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than '='`,
      '.env[2].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    ],
    [
      { env: [{ name: "a", value: "v", valueFrom: { secretKeyRef: { name: "s", key: ".." } } }] },
      `.env[0].valueFrom.secretKeyRef.key: Invalid value: "..": must not be '..'`,
      '.env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ],
    [
      {
        env: [
          { name: "a", valueFrom: { secretKeyRef: { name: "s", key: "k" }, configMapKeyRef: { name: "c", key: "" } } },
        ],
      },
      ".env[0].valueFrom.configMapKeyRef.key: Required value",
      '.env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time',
    ],
    [
      { env: [{ name: "a", valueFrom: { fieldRef: { apiVersion: "v2", fieldPath: "x" } } }] },
      '.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "x": error converting fieldPath: unsupported pod version: v2',
    ],
    [
      { env: [{ name: "a", valueFrom: { fieldRef: { fieldPath: "x" } } }] },
      '.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "x": error converting fieldPath: field label not supported: x',
    ],
    [
      { env: [{ name: "a", valueFrom: { fieldRef: { fieldPath: "spec.x['a']" } } }] },
      `.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.x['a']": error converting fieldPath: field label does not support subscript: spec.x['a']`,
    ],
    [
      { env: [{ name: "a", valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } }] },
      expect.stringContaining('.env[0].valueFrom.fieldRef: Invalid value: "a b": name part must consist'),
    ],
    [
      { env: [{ name: "a", valueFrom: { fieldRef: { fieldPath: "metadata.labels" } } }] },
      '.env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    ],
    [
      { env: [{ name: "a", valueFrom: { fieldRef: { fieldPath: "" } } }] },
      ".env[0].valueFrom.fieldRef.fieldPath: Required value",
    ],
    [
      { env: [{ name: "a", valueFrom: { resourceFieldRef: { resource: "", divisor: "0" } } }] },
      ".env[0].valueFrom.resourceFieldRef.resource: Required value",
    ],
    [
      { env: [{ name: "a", valueFrom: { resourceFieldRef: { resource: "limits.x", divisor: "0" } } }] },
      '.env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.x": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
    ],
    ...(["limits.memory", "requests.ephemeral-storage", "limits.hugepages-2Mi"] as const).map(
      (resource): [Partial<core.Container>, string] => [
        { env: [{ name: "a", valueFrom: { resourceFieldRef: { resource, divisor: "2Mi" } } }] },
        `.env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "${resource}": only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the ${
          {
            "limits.memory": "memory",
            "requests.ephemeral-storage": "local ephemeral storage",
            "limits.hugepages-2Mi": "hugepages",
          }[resource]
        } resource`,
      ],
    ),
    [
      { env: [{ name: "a", valueFrom: { fileKeyRef: { volumeName: "", path: "", key: "" } } }] },
      ".env[0].valueFrom.fileKeyRef.key: Required value",
      ".env[0].valueFrom.fileKeyRef.volumeName: Required value",
      ".env[0].valueFrom.fileKeyRef.path: Required value",
      '.env[0].valueFrom.fileKeyRef.volumeName: Not found: ""',
    ],
    [
      { envFrom: [{ prefix: "a=" }, { configMapRef: {}, secretRef: { name: "A" } }] },
      `.envFrom[0].prefix: Invalid value: "a=": a valid environment variable name must consist only of printable ASCII characters other than '='`,
      '.envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
      ".envFrom[1].configMapRef.name: Required value",
      expect.stringContaining('.envFrom[1].secretRef.name: Invalid value: "A": a lowercase RFC 1123 subdomain'),
      '.envFrom: Invalid value: "": may not have more than one field specified at a time',
    ],
    [
      {
        resizePolicy: [
          { resourceName: "", restartPolicy: "" },
          { resourceName: "x", restartPolicy: "y" },
        ],
      },
      ".resizePolicy: Required value",
      ".resizePolicy: Required value",
      '.resizePolicy: Unsupported value: "x": supported values: "cpu", "memory"',
      '.resizePolicy: Unsupported value: "y": supported values: "NotRequired", "RestartContainer"',
    ],
    [
      {
        resizePolicy: [
          { resourceName: "cpu", restartPolicy: "NotRequired" },
          { resourceName: "cpu", restartPolicy: "NotRequired" },
        ],
      },
      '.resizePolicy[1]: Duplicate value: "cpu"',
    ],
    [{ livenessProbe: {} }, ".livenessProbe: Required value: must specify a handler type"],
    [
      { livenessProbe: { exec: {}, tcpSocket: { port: 0 }, successThreshold: 2, terminationGracePeriodSeconds: 0 } },
      ".livenessProbe.exec.command: Required value",
      ".livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
      ".livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0",
      ".livenessProbe.successThreshold: Invalid value: 2: must be 1",
    ],
    [
      {
        readinessProbe: {
          httpGet: { port: "", scheme: "ftp", httpHeaders: [{ name: "a b", value: "" }] },
          terminationGracePeriodSeconds: 1,
        },
      },
      '.readinessProbe.httpGet.port: Invalid value: "": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      '.readinessProbe.httpGet.port: Invalid value: "": must contain at least one letter (a-z)',
      '.readinessProbe.httpGet.scheme: Unsupported value: "ftp": supported values: "HTTP", "HTTPS"',
      `.readinessProbe.httpGet.httpHeaders: Invalid value: "a b": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')`,
      ".readinessProbe.terminationGracePeriodSeconds: Invalid value: 1: must not be set for readinessProbes",
    ],
    [
      {
        startupProbe: {
          grpc: { port: 0 },
          initialDelaySeconds: -1,
          timeoutSeconds: -1,
          periodSeconds: -1,
          successThreshold: -1,
          failureThreshold: -1,
        },
      },
      ".startupProbe.grpc.port: Invalid value: 0: must be between 1 and 65535, inclusive",
      ...["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"].map(
        (field) => `.startupProbe.${field}: Invalid value: -1: must be greater than or equal to 0`,
      ),
      ".startupProbe.successThreshold: Invalid value: -1: must be 1",
    ],
    [
      {
        lifecycle: {
          preStop: { sleep: { seconds: 31 } },
          postStart: { tcpSocket: { port: 1 }, exec: {} },
          stopSignal: "SIGTERM",
        },
      },
      ".lifecycle.postStart.exec.command: Required value",
      ".lifecycle.postStart.tcpSocket: Forbidden: may not specify more than 1 handler type",
      ".lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)",
      ".lifecycle.stopSignal: Forbidden: may not be set for containers with empty `spec.os.name`",
    ],
    [
      {
        restartPolicyRules: [
          { action: "x" },
          { action: "Restart", exitCodes: { operator: "y", values: Array(256).fill(1) } },
        ],
      },
      ".restartPolicy: Required value: must specify restartPolicy when restart rules are used",
      '.restartPolicyRules[0].action: Unsupported value: "x": supported values: "Restart", "RestartAllContainers"',
      ".restartPolicyRules[0].exitCodes: Required value: must be specified",
      '.restartPolicyRules[1].exitCodes.operator: Unsupported value: "y": supported values: "In", "NotIn"',
      ".restartPolicyRules[1].exitCodes.values: Too many: 256: must have at most 255 items",
    ],
    [
      { restartPolicy: "x", restartPolicyRules: Array(21).fill({ action: "Restart", exitCodes: { operator: "In" } }) },
      '.restartPolicy: Unsupported value: "x": supported values: "Always", "Never", "OnFailure"',
      ".restartPolicyRules: Too many: 21: must have at most 20 items",
    ],
    [
      { securityContext: { runAsUser: -1, runAsGroup: 2 ** 31, procMount: "Unmasked" } },
      ".securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
      ".securityContext.runAsGroup: Invalid value: 2147483648: must be between 0 and 2147483647, inclusive",
      '.securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`',
    ],
    [
      { securityContext: { procMount: "x" } },
      '.securityContext.procMount: Unsupported value: "x": supported values: "Default", "Unmasked"',
    ],
    [
      { securityContext: { allowPrivilegeEscalation: false, privileged: true } },
      '.securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ],
    [
      { securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ["CAP_SYS_ADMIN"] } } },
      expect.stringContaining("cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"),
    ],
    [
      { securityContext: { seccompProfile: { type: "" }, appArmorProfile: { type: "" } } },
      ".securityContext.seccompProfile.type: Required value: type is required when seccompProfile is set",
      ".securityContext.appArmorProfile.type: Required value: type is required when appArmorProfile is set",
    ],
    [
      { securityContext: { seccompProfile: { type: "Localhost" }, appArmorProfile: { type: "Localhost" } } },
      ".securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost",
      ".securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost",
    ],
    [
      {
        securityContext: {
          seccompProfile: { type: "x", localhostProfile: "p" },
          appArmorProfile: { type: "Unconfined", localhostProfile: "p" },
        },
      },
      '.securityContext.seccompProfile.type: Unsupported value: "x": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
      '.securityContext.seccompProfile.localhostProfile: Invalid value: {"Type":"x","LocalhostProfile":"p"}: can only be set when seccomp type is Localhost',
      '.securityContext.appArmorProfile.localhostProfile: Invalid value: "p": can only be set when AppArmor type is Localhost',
    ],
    [
      {
        securityContext: {
          seccompProfile: { type: "Localhost", localhostProfile: "/p" },
          appArmorProfile: { type: "Localhost", localhostProfile: ` ${"p".repeat(4095)}` },
        },
      },
      '.securityContext.seccompProfile.localhostProfile: Invalid value: "/p": must be a relative path',
      expect.stringMatching(
        /^\.securityContext\.appArmorProfile\.localhostProfile: .*: must not be padded with whitespace$/,
      ),
      ".securityContext.appArmorProfile.localhostProfile: Too long: may not be more than 4095 bytes",
    ],
    [
      {
        securityContext: { windowsOptions: { gmsaCredentialSpecName: "A", gmsaCredentialSpec: "", runAsUserName: "" } },
      },
      expect.stringContaining(
        '.securityContext.windowsOptions.gmsaCredentialSpecName: Invalid value: "A": a lowercase',
      ),
      '.securityContext.windowsOptions.gmsaCredentialSpec: Invalid value: "": gmsaCredentialSpec cannot be an empty string',
      '.securityContext.windowsOptions.runAsUserName: Invalid value: "": runAsUserName cannot be an empty string',
    ],
    ...(
      [
        ["a\\b\\c", ["runAsUserName cannot contain more than one backslash"]],
        ["a\u0001", ["runAsUserName cannot contain control characters"]],
        [
          ".a\\",
          [
            "runAsUserName's Domain doesn't match the NetBios nor the DNS format",
            "runAsUserName's User cannot be empty",
          ],
        ],
        ["dom\\. .", ["runAsUserName's User cannot contain only periods or spaces"]],
        ["a*b", ["runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]"]],
        ["u".repeat(105), ["runAsUserName's User length must not be longer than 104 characters"]],
        [
          `${"d".repeat(256)}\\u`,
          [
            "runAsUserName's Domain length must be under 256 characters",
            "runAsUserName's Domain doesn't match the NetBios nor the DNS format",
          ],
        ],
      ] as const
    ).map(([runAsUserName, texts]): [Partial<core.Container>, ...string[]] => [
      { securityContext: { windowsOptions: { runAsUserName } } },
      ...texts.map(
        (text) =>
          `.securityContext.windowsOptions.runAsUserName: Invalid value: ${JSON.stringify(runAsUserName).replace("\\u0001", "\\x01")}: ${text}`,
      ),
    ]),
  ])("refuses %j", (fields, ...expected) => {
    const told = problems(one(fields)).map((text) => text.replace(c, ""));
    expect(told).toEqual(expected);
  });

  it("refuses a long GMSA specification", () => {
    const [problem] = problems(
      one({ securityContext: { windowsOptions: { gmsaCredentialSpec: "x".repeat(65_537) } } }),
    );
    expect(problem).toMatch(/: gmsaCredentialSpec size must be under 64 KiB$/);
  });

  it.each<[core.VolumeMount[], core.VolumeDevice[], ...string[]]>([
    [[{ name: "v", mountPath: "/a", readOnly: true, recursiveReadOnly: "Enabled" }], [{ name: "p", devicePath: "/d" }]],
    [
      [{ name: "", mountPath: "" }],
      [{ name: "", devicePath: "" }],
      "volumeMounts[0].name: Required value",
      'volumeMounts[0].name: Not found: ""',
      "volumeMounts[0].mountPath: Required value",
      'volumeMounts[0].name: Invalid value: "": must not already exist in volumeDevices',
      'volumeMounts[0].mountPath: Invalid value: "": must not already exist as a path in volumeDevices',
      "volumeDevices[0].name: Required value",
      'volumeDevices[0].name: Not found: ""',
      "volumeDevices[0].devicePath: Required value",
      'volumeDevices[0].name: Invalid value: "": must not already exist in volumeMounts',
      'volumeDevices[0].devicePath: Invalid value: "": must not already exist as a path in volumeMounts',
    ],
    [
      [
        { name: "v", mountPath: "/a" },
        { name: "v", mountPath: "/a", subPath: "/x", subPathExpr: "../y" },
      ],
      [],
      'volumeMounts[1].mountPath: Invalid value: "/a": must be unique',
      'volumeMounts.subPath: Invalid value: "/x": must be a relative path',
      'volumeMounts[1].subPathExpr: Invalid value: "../y": subPathExpr and subPath are mutually exclusive',
      `volumeMounts.subPathExpr: Invalid value: "../y": must not contain '..'`,
    ],
    [
      [
        { name: "v", mountPath: "/a", mountPropagation: "Bidirectional", recursiveReadOnly: "IfPossible" },
        { name: "v", mountPath: "/b", mountPropagation: "x", recursiveReadOnly: "y" },
      ],
      [],
      "volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers",
      "volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true",
      "volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified",
      'volumeMounts.mountPropagation: Unsupported value: "x": supported values: "Bidirectional", "HostToContainer", "None"',
      'volumeMounts.recursiveReadOnly: Unsupported value: "y": supported values: "Disabled", "Enabled", "IfPossible"',
    ],
    [
      [],
      [
        { name: "v", devicePath: "/a/../b" },
        { name: "p", devicePath: "/d" },
        { name: "p", devicePath: "/d" },
      ],
      'volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      `volumeDevices[0].devicePath: Invalid value: "/a/../b": can not contain backsteps ('..')`,
      'volumeDevices[2].name: Invalid value: "p": must be unique',
      'volumeDevices[2].devicePath: Invalid value: "/d": must be unique',
    ],
  ])("checks mounts %j and devices %j", (volumeMounts, volumeDevices, ...expected) => {
    const volumes = [
      { name: "v", emptyDir: {} },
      { name: "p", persistentVolumeClaim: { claimName: "c" } },
    ];
    const told = problems({ ...one({ volumeMounts, volumeDevices }), volumes });
    expect(told).toEqual(expected.map((text) => `${c}.${text}`));
  });

  it("does not find a volume that is not right", () => {
    const volumes = [{ name: "v", hostPath: { path: "" } }];
    expect(problems({ ...one({ volumeMounts: [{ name: "v", mountPath: "/a" }] }), volumes })).toEqual([
      "spec.volumes[0].hostPath.path: Required value",
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ]);
  });

  it.each<[Partial<core.Container>, ...string[]]>([
    [{ name: "a" }, '.name: Duplicate value: "a"'],
    [
      { lifecycle: {}, livenessProbe: {}, readinessProbe: {}, startupProbe: {} },
      ...["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"].map(
        (field) => `.${field}: Forbidden: may not be set for init containers without restartPolicy=Always`,
      ),
    ],
    [
      { restartPolicyRules: [{}] },
      ".restartPolicy: Required value: must specify restartPolicy when restart rules are used",
    ],
    [
      { resizePolicy: [{ resourceName: "cpu", restartPolicy: "RestartContainer" }] },
      `.resizePolicy[0].restartPolicy: Invalid value: "RestartContainer": must not be set to 'RestartContainer' for non-sidecar initContainers`,
    ],
    [
      {
        ports: [
          { containerPort: 1, hostPort: 1 },
          { containerPort: 1, hostPort: 1 },
        ],
      },
      '.ports[1].hostPort: Duplicate value: "TCP//1"',
    ],
    [{ restartPolicy: "Always", livenessProbe: {} }, ".livenessProbe: Required value: must specify a handler type"],
  ])("refuses an init container with %j", (fields, ...expected) => {
    expect(problems(init(fields))).toEqual(expected.map((text) => `spec.initContainers[0]${text}`));
  });

  it.each<[Partial<core.EphemeralContainer>, ...string[]]>([
    [{ targetContainerName: "a" }],
    [{ name: "a", targetContainerName: "b" }, '.name: Duplicate value: "a"', '.targetContainerName: Not found: "b"'],
    [{ image: " x" }, '.image: Invalid value: " x": must not have leading or trailing whitespace'],
    [
      {
        ports: [{ containerPort: 1 }],
        resources: { limits: { cpu: "1" } },
        restartPolicy: "Always",
        livenessProbe: { tcpSocket: { port: 1 } },
        lifecycle: {},
      },
      ...["ports", "resources", "restartPolicy", "livenessProbe", "lifecycle"].map(
        (field) => `.${field}: Forbidden: cannot be set for an Ephemeral Container`,
      ),
    ],
    [
      {
        volumeMounts: [
          { name: "v", mountPath: "/a", subPath: "b" },
          { name: "v", mountPath: "/b", subPathExpr: "b" },
        ],
      },
      ".volumeMounts[0].subPath: Forbidden: cannot be set for an Ephemeral Container",
      ".volumeMounts[1].subPathExpr: Forbidden: cannot be set for an Ephemeral Container",
    ],
  ])("checks an ephemeral container with %j", (fields, ...expected) => {
    const ephemeralContainers = [{ ...container, name: "e", ...fields }];
    const told = problems({ ephemeralContainers, volumes: [{ name: "v", emptyDir: {} }] });
    expect(told).toEqual(expected.map((text) => `spec.ephemeralContainers[0]${text}`));
  });

  it.each<[string, string, ...string[]]>([
    [
      "linux",
      "SIGWEIRD",
      expect.stringMatching(
        /^spec\.containers\[0\]\.lifecycle\.stopSignal: Unsupported value: "SIGWEIRD": supported values: "SIGABRT", .*"SIGXFSZ"$/,
      ),
    ],
    [
      "windows",
      "SIGHUP",
      'spec.containers[0].lifecycle.stopSignal: Unsupported value: "SIGHUP": supported values: "SIGKILL", "SIGTERM"',
    ],
  ])("knows the signals of %s", (name, stopSignal, ...expected) => {
    expect(problems({ ...one({ lifecycle: { stopSignal } }), os: { name } })).toEqual(expected);
  });

  it("are never restarted to be resized in a pod that never restarts", () => {
    const resizePolicy = [{ resourceName: "cpu", restartPolicy: "RestartContainer" }];
    expect(problems({ ...one({ resizePolicy }), restartPolicy: "Never" })).toEqual([
      `spec.containers[0].resizePolicy: Invalid value: "RestartContainer": must be 'NotRequired' when pod \`restartPolicy\` is 'Never'`,
    ]);
  });
});

const selector = { matchLabels: { a: "b" } };
const spread: core.TopologySpreadConstraint = { maxSkew: 1, topologyKey: "k", whenUnsatisfiable: "DoNotSchedule" };

describe("the spec of a pod", () => {
  it.each<[Partial<core.PodSpec>]>([
    [
      {
        dnsPolicy: "None",
        dnsConfig: { nameservers: ["1.2.3.4", "::1"], searches: [".", "_a.b."], options: [{ name: "o" }] },
      },
    ],
    [{ hostAliases: [{ ip: "1.2.3.4", hostnames: ["a.b"] }] }],
    [{ tolerations: [{ operator: "Exists" }, { key: "k", value: "v", effect: "NoExecute", tolerationSeconds: 1 }] }],
    [{ topologySpreadConstraints: [{ ...spread, minDomains: 1, labelSelector: selector, matchLabelKeys: ["k"] }] }],
    [{ securityContext: { sysctls: [{ name: "net/ipv4/a.b", value: "1" }], fsGroup: 0, supplementalGroups: [1] } }],
    [{ resources: { requests: { cpu: "2" }, limits: { cpu: "2" } }, ...one({ resources: { limits: { cpu: "1" } } }) }],
    [{ resourceClaims: [{ name: "c", resourceClaimName: "r" }], ...one({ resources: { claims: [{ name: "c" }] } }) }],
    [{ hostUsers: false, ...one({ securityContext: { procMount: "Unmasked" } }) }],
  ])("may be %j", (fields) => {
    expect(problems(fields)).toEqual([]);
  });

  it.each<[Partial<core.PodSpec>, ...unknown[]]>([
    [{ containers: [] }, ".containers: Required value"],
    [
      { restartPolicy: "x" },
      '.restartPolicy: Unsupported value: "x": supported values: "Always", "OnFailure", "Never"',
    ],
    [
      { dnsPolicy: "x" },
      '.dnsPolicy: Unsupported value: "x": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
    ],
    [
      { nodeSelector: { "": "a b" } },
      expect.anything(),
      expect.anything(),
      expect.stringContaining('.nodeSelector: Invalid value: "a b": a valid label must be'),
    ],
    [{ dnsPolicy: "None" }, ".dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"],
    [
      { dnsPolicy: "None", dnsConfig: {} },
      ".dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None",
    ],
    [
      { dnsConfig: { nameservers: ["1.1.1.1", "2.2.2.2", "3.3.3.3", "x"], searches: ["A"], options: [{}] } },
      '.dnsConfig.nameservers: Invalid value: ["1.1.1.1","2.2.2.2","3.3.3.3","x"]: must not have more than 3 nameservers',
      '.dnsConfig.nameservers[3]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      `.dnsConfig.searches[0]: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')`,
      ".dnsConfig.options[0]: Required value: must not be empty",
    ],
    [
      { dnsConfig: { searches: Array(33).fill("a".repeat(63)) } },
      expect.stringMatching(/^\.dnsConfig\.searches: .*: must not have more than 32 search paths$/),
      expect.stringMatching(/: must not have more than 2048 characters \(including spaces\) in the search list$/),
    ],
    [
      { securityContext: { fsGroup: -1, runAsUser: -1, runAsGroup: -1, supplementalGroups: [-1] } },
      ...["fsGroup", "runAsUser", "runAsGroup", "supplementalGroups[0]"].map(
        (field) => `.securityContext.${field}: Invalid value: -1: must be between 0 and 2147483647, inclusive`,
      ),
    ],
    [
      { securityContext: { fsGroupChangePolicy: "x", supplementalGroupsPolicy: "x", seLinuxChangePolicy: "x" } },
      '.securityContext.fsGroupChangePolicy: Unsupported value: "x": supported values: "Always", "OnRootMismatch"',
      '.securityContext.supplementalGroupsPolicy: Unsupported value: "x": supported values: "Merge", "Strict"',
      '.securityContext.seLinuxChangePolicy: Unsupported value: "x": supported values: "MountOption", "Recursive"',
    ],
    [
      {
        hostNetwork: true,
        hostIPC: true,
        securityContext: {
          sysctls: [
            { name: "", value: "" },
            { name: "A", value: "" },
            { name: "net.a", value: "" },
            { name: "kernel/shm_rmid", value: "" },
            { name: "b", value: "" },
            { name: "b", value: "" },
          ],
        },
      },
      ".securityContext.sysctls[0].name: Required value",
      '.securityContext.sysctls[1].name: Invalid value: "A": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
      `.securityContext.sysctls[2].name: Invalid value: "net.a": may not be specified when 'hostNetwork' is true`,
      `.securityContext.sysctls[3].name: Invalid value: "kernel/shm_rmid": may not be specified when 'hostIPC' is true`,
      '.securityContext.sysctls[5].name: Duplicate value: "b"',
    ],
    [
      { shareProcessNamespace: true, hostPID: true },
      ".shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled",
    ],
    [
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: "", namespaces: ["A"], matchLabelKeys: ["a"] },
            ],
          },
        },
      },
      expect.stringContaining(
        '.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespace: Invalid value: "A"',
      ),
      ".affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set",
      ".affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty",
      expect.anything(),
      expect.anything(),
    ],
    [
      {
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 0,
                podAffinityTerm: {
                  topologyKey: "k",
                  labelSelector: {
                    matchLabels: { a: "b" },
                    matchExpressions: [{ key: "a", operator: "x", values: ["x y"] }],
                  },
                  namespaceSelector: { matchLabels: { a: "x y" } },
                  matchLabelKeys: ["a"],
                  mismatchLabelKeys: ["a"],
                },
              },
            ],
          },
        },
      },
      ".affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100",
      expect.stringContaining(
        '.podAffinityTerm.labelSelector.matchExpressions[0].operator: Invalid value: "x": not a valid selector operator',
      ),
      expect.stringContaining(
        '.podAffinityTerm.labelSelector.matchExpressions[0].values[0]: Invalid value: "x y": a valid label must be',
      ),
      expect.stringContaining(
        '.podAffinityTerm.namespaceSelector.matchLabels: Invalid value: "x y": a valid label must be',
      ),
      '.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm[0]: Invalid value: "a": exists in both matchLabelKeys and labelSelector',
      expect.stringContaining(
        '.podAffinityTerm.matchLabelKeys[0]: Invalid value: "a": exists in both matchLabelKeys and mismatchLabelKeys',
      ),
    ],
    [
      { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } },
      ".affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term",
    ],
    [
      {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 101,
                preference: {
                  matchExpressions: [
                    { key: "a", operator: "In" },
                    { key: "a", operator: "Exists", values: ["x y"] },
                    { key: "a", operator: "Gt" },
                    { key: "a", operator: "x" },
                  ],
                  matchFields: [
                    { key: "metadata.name", operator: "In" },
                    { key: "x", operator: "Exists" },
                    { key: "metadata.name", operator: "In", values: ["A"] },
                  ],
                },
              },
            ],
          },
        },
      },
      expect.stringContaining("[0].weight: Invalid value: 101: must be in the range 1-100"),
      expect.stringContaining(
        "[0].preference.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      ),
      expect.stringContaining(
        ".matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      ),
      expect.stringContaining(
        ".matchExpressions[2].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
      ),
      expect.stringContaining('.matchExpressions[3].operator: Invalid value: "x": not a valid selector operator'),
      expect.stringContaining(
        ".matchFields[0].values: Required value: must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      ),
      expect.stringContaining('.matchFields[1].operator: Invalid value: "Exists": not a valid selector operator'),
      expect.stringContaining('.matchFields[1].key: Invalid value: "x": not a valid field selector key'),
      expect.stringContaining('.matchFields[2].values[0]: Invalid value: "A": a lowercase RFC 1123 subdomain'),
    ],
    [
      { readinessGates: [{ conditionType: "a b" }], schedulingGates: [{ name: "g" }, { name: "g" }, { name: "" }] },
      expect.stringContaining('.readinessGates[0].conditionType: Invalid value: "a b": name part must consist'),
      '.schedulingGates[1]: Duplicate value: "g"',
      '.schedulingGates[2]: Invalid value: "": name part must be non-empty',
      expect.anything(),
    ],
    [
      {
        topologySpreadConstraints: [
          {
            ...spread,
            maxSkew: 0,
            topologyKey: "",
            nodeAffinityPolicy: "x",
            nodeTaintsPolicy: "x",
            matchLabelKeys: ["a"],
          },
          { ...spread, whenUnsatisfiable: "x", minDomains: 0, labelSelector: { matchLabels: { a: "x y" } } },
          { ...spread, whenUnsatisfiable: "x" },
        ],
      },
      ".topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
      ".topologySpreadConstraints[0].topologyKey: Required value: can not be empty",
      '.topologySpreadConstraints[0].nodeAffinityPolicy: Unsupported value: "x": supported values: "Honor", "Ignore"',
      '.topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: "x": supported values: "Honor", "Ignore"',
      ".topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set",
      '.topologySpreadConstraints[1].whenUnsatisfiable: Unsupported value: "x": supported values: "DoNotSchedule", "ScheduleAnyway"',
      '.topologySpreadConstraints[1].{topologyKey, whenUnsatisfiable}: Duplicate value: "{k, x}"',
      ".topologySpreadConstraints[1].minDomains: Invalid value: 0: must be greater than zero",
      ".topologySpreadConstraints[1].minDomains: Invalid value: 0: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not x",
      expect.stringContaining('.topologySpreadConstraints[1].labelSelector.matchLabels: Invalid value: "x y"'),
      '.topologySpreadConstraints[2].whenUnsatisfiable: Unsupported value: "x": supported values: "DoNotSchedule", "ScheduleAnyway"',
    ],
    [
      { hostNetwork: true, hostUsers: false, hostPID: true, hostIPC: true },
      ...["hostNetwork", "HostPID", "HostIPC"].map((field) => `.${field}: Forbidden: when \`hostUsers\` is false`),
    ],
    [
      {
        hostUsers: false,
        ...one({ volumeDevices: [{ name: "v", devicePath: "/d" }] }),
        volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }],
      },
      ".containers[0].volumeDevices: Forbidden: when `hostUsers` is false",
    ],
    [
      { hostnameOverride: "A", setHostnameAsFQDN: true, hostNetwork: true },
      ".hostnameOverride: Forbidden: may not be specified when setHostnameAsFQDN is true",
      ".hostnameOverride: Forbidden: may not be specified when hostNetwork is true",
      expect.stringContaining('.hostnameOverride: Invalid value: "A": a lowercase RFC 1123 subdomain'),
    ],
    [{ hostnameOverride: "a".repeat(65) }, ".hostnameOverride: Too long: may not be more than 64 bytes"],
    [
      {
        serviceAccountName: "A",
        nodeName: "A",
        hostname: "a.b",
        subdomain: "a.b",
        priorityClassName: "A",
        runtimeClassName: "A",
      },
      expect.stringContaining('.serviceAccountName: Invalid value: "A": a lowercase RFC 1123 subdomain'),
      expect.stringContaining('.nodeName: Invalid value: "A": a lowercase RFC 1123 subdomain'),
      '.hostname: Invalid value: "a.b": must not contain dots',
      '.subdomain: Invalid value: "a.b": must not contain dots',
      expect.stringContaining('.priorityClassName: Invalid value: "A": a lowercase RFC 1123 subdomain'),
      expect.stringContaining('.runtimeClassName: Invalid value: "A": a lowercase RFC 1123 subdomain'),
    ],
    [
      { activeDeadlineSeconds: 0 },
      ".activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive",
    ],
    [
      {
        tolerations: [
          { key: "a b", value: "x y" },
          { operator: "Equal" },
          { key: "k", operator: "Exists", value: "v", tolerationSeconds: 1 },
          { key: "k", operator: "Lt", value: "1" },
          { key: "k", operator: "x", effect: "y" },
        ],
      },
      expect.stringContaining('.tolerations[0].key: Invalid value: "a b"'),
      expect.stringContaining('.tolerations[0].operator: Invalid value: "x y": a valid label must be'),
      '.tolerations[1].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means \\"match all values and all keys\\"'.replaceAll(
        '\\"',
        '"',
      ),
      `.tolerations[2].effect: Invalid value: "": effect must be 'NoExecute' when \`tolerationSeconds\` is set`,
      `.tolerations[2].operator: Invalid value: "v": value must be empty when \`operator\` is 'Exists'`,
      '.tolerations[3].operator: Unsupported value: "Lt": supported values: "Equal", "Exists", "Lt", "Gt"',
      '.tolerations[4].operator: Unsupported value: "x": supported values: "Equal", "Exists"',
      '.tolerations[4].effect: Unsupported value: "y": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
    [
      { hostAliases: [{ ip: "010.0.0.1", hostnames: ["A"] }] },
      '.hostAliases[0].ip: Invalid value: "010.0.0.1": must not have leading 0s',
      expect.stringContaining('.hostAliases[0].hostnames[0]: Invalid value: "A": a lowercase RFC 1123 subdomain'),
    ],
    [
      { preemptionPolicy: "x" },
      '.preemptionPolicy: Unsupported value: "x": supported values: "PreemptLowerPriority", "Never"',
    ],
    [{ preemptionPolicy: "" }, ".preemptionPolicy: Required value"],
    [{ overhead: { cpu: "-1" } }, '.overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0'],
    [{ os: { name: "" } }, ".os.name: Required value"],
    [{ os: { name: "x" } }, '.os: Unsupported value: "x": supported values: "linux", "windows"'],
    [
      {
        os: { name: "linux" },
        securityContext: { windowsOptions: {} },
        ...one({ securityContext: { windowsOptions: {} } }),
      },
      ".securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod",
      ".containers[0].securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod",
    ],
    [
      {
        os: { name: "windows" },
        hostUsers: true,
        hostPID: true,
        hostIPC: true,
        shareProcessNamespace: false,
        securityContext: {
          seLinuxOptions: {},
          fsGroup: 1,
          fsGroupChangePolicy: "Always",
          sysctls: [{ name: "a", value: "1" }],
          runAsUser: 1,
          runAsGroup: 1,
          supplementalGroups: [1],
          supplementalGroupsPolicy: "Merge",
          seLinuxChangePolicy: "Recursive",
          seccompProfile: { type: "Unconfined" },
          appArmorProfile: { type: "Unconfined" },
        },
        ...one({
          securityContext: {
            capabilities: {},
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsUser: 1,
            procMount: "Default",
          },
        }),
      },
      ...[
        "securityContext.appArmorProfile",
        "securityContext.seLinuxOptions",
        "securityContext.seccompProfile",
        "securityContext.fsGroup",
        "securityContext.fsGroupChangePolicy",
        "securityContext.sysctls",
        "securityContext.runAsUser",
        "securityContext.runAsGroup",
        "securityContext.supplementalGroups",
        "securityContext.supplementalGroupsPolicy",
        "securityContext.seLinuxChangePolicy",
        "hostUsers",
        "hostPID",
        "hostIPC",
        "shareProcessNamespace",
        "containers[0].securityContext.capabilities",
        "containers[0].securityContext.readOnlyRootFilesystem",
        "containers[0].securityContext.privileged",
        "containers[0].securityContext.procMount",
        "containers[0].securityContext.runAsUser",
      ].map((field) => `.${field}: Forbidden: cannot be set for a windows pod`),
    ],
    [
      {
        securityContext: { windowsOptions: { hostProcess: true } },
        containers: [
          container,
          { ...container, name: "b", securityContext: { windowsOptions: { hostProcess: false } } },
        ],
      },
      ".containers[1].securityContext.windowsOptions.hostProcess: Invalid value: false: pod hostProcess value must be identical if both are specified, was true",
      ': Invalid value: "": If pod contains any hostProcess containers then all containers must be HostProcess containers',
      ".hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers",
    ],
    [
      { schedulingGroup: {} },
      ".schedulingGroup.podGroupName: Invalid value: null: must specify one of: `podGroupName`",
    ],
    [
      { schedulingGroup: { podGroupName: "A" } },
      expect.stringContaining('.schedulingGroup.podGroupName: Invalid value: "A"'),
    ],
    [
      {
        resourceClaims: [
          { name: "" },
          { name: "A", resourceClaimName: "B", resourceClaimTemplateName: "C" },
          { name: "A", resourceClaimName: "b" },
        ],
      },
      ".resourceClaims[0].name: Required value",
      '.resourceClaims[0]: Invalid value: {"Name":"","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
      expect.stringContaining('.resourceClaims[1].name: Invalid value: "A"'),
      '.resourceClaims[1]: Invalid value: {"Name":"A","ResourceClaimName":"B","ResourceClaimTemplateName":"C"}: at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
      expect.stringContaining('.resourceClaims[1].resourceClaimName: Invalid value: "B"'),
      expect.stringContaining('.resourceClaims[1].resourceClaimTemplateName: Invalid value: "C"'),
      '.resourceClaims[2].name: Duplicate value: "A"',
    ],
    [
      {
        resources: { requests: { cpu: "1" }, limits: { cpu: "1", "hugepages-2Mi": "2Mi" }, claims: [] },
        ...one({ resources: { requests: { cpu: "2" }, limits: { cpu: "2", "hugepages-2Mi": "4Mi" } } }),
      },
      ".resources.claims: Forbidden: claims may not be set for Resources at pod-level",
      '.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 2',
      '.resources.limits[hugepages-2Mi]: Invalid value: "2Mi": must be greater than or equal to aggregate container limits of 4Mi',
      '.resources.containers[0][cpu].limits: Invalid value: "2": must be less than or equal to pod limits of 1',
      '.resources.containers[0][hugepages-2Mi].limits: Invalid value: "4Mi": must be less than or equal to pod limits of 2Mi',
    ],
    [{ os: { name: "windows" }, resources: {} }, ".resources: Forbidden: may not be set for a windows pod"],
    [
      {
        ...one({ env: [{ name: "a", valueFrom: { fileKeyRef: { volumeName: "v", path: "../p", key: "k" } } }] }),
        volumes: [{ name: "v", configMap: { name: "c" } }],
      },
      `.containers[0].env[0].valueFrom.fileKeyRef.path: Invalid value: "../p": must not contain '..'`,
      '.containers[0].env[0].valueFrom.fileKeyRef.volumeName: Invalid value: "v": referenced volume must be of type emptyDir',
    ],
  ])("refuses %j", (fields, ...expected) => {
    const told = problems(fields).map((text) => text.replace(/^spec/, ""));
    expect(told).toEqual(expected);
  });

  it("has the host's ports on the host's network", () => {
    const fields = { ...one({ ports: [{ containerPort: 1, hostPort: 2 }] }), hostNetwork: true };
    const detail = "must match `containerPort` when `hostNetwork` is true";
    expect(problems(fields)).toEqual([`spec.containers[0].ports[0].hostPort: Invalid value: 2: ${detail}`]);
  });

  it("has no claims when a kubelet has it from a file", () => {
    const metadata = { annotations: { "kubernetes.io/config.mirror": "m" } };
    expect(problems({ resourceClaims: [{ name: "" }] }, { metadata })).toEqual([
      ": Forbidden: static pods do not support resource claims",
    ]);
  });

  it("keeps keys of spread constraints as they were checked once", () => {
    const labelSelector = { matchLabels: { a: "b" }, matchExpressions: [{ key: "c", operator: "Exists" }] };
    const topologySpreadConstraints = [{ ...spread, labelSelector, matchLabelKeys: ["a", "c", "d e"] }];
    expect(problems({ topologySpreadConstraints }, { allow: { legacySpreadKeys: true } })).toEqual([
      'spec.topologySpreadConstraints[0].matchLabelKeys[0]: Invalid value: "a": exists in both matchLabelKeys and labelSelector',
      'spec.topologySpreadConstraints[0].matchLabelKeys[1]: Invalid value: "c": exists in both matchLabelKeys and labelSelector',
      expect.stringContaining('spec.topologySpreadConstraints[0].matchLabelKeys[2]: Invalid value: "d e"'),
    ]);
    expect(
      problems(
        { topologySpreadConstraints: [{ ...spread, matchLabelKeys: ["a"] }] },
        { allow: { legacySpreadKeys: true } },
      ),
    ).toEqual([
      "spec.topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set",
    ]);
  });

  it.each([
    ["1", []],
    ["-9223372036854775808", []],
    ["", ["must be non-empty", 'strconv.ParseInt: parsing "": invalid syntax']],
    ["01", ["must be a valid decimal integer in canonical form"]],
    ["x", ["must be a valid decimal integer in canonical form", 'strconv.ParseInt: parsing "x": invalid syntax']],
    ["9223372036854775808", ['strconv.ParseInt: parsing "9223372036854775808": value out of range']],
  ])("compares taints with the number %j where it did", (value, texts) => {
    const told = problems(
      { tolerations: [{ key: "k", operator: "Gt", value }] },
      { allow: { comparingTolerations: true } },
    );
    expect(told).toEqual(texts.map((text) => `spec.tolerations[0].value: Invalid value: "${value}": ${text}`));
  });
});
