/**
 * Bodies as Go's `serializer/protobuf` of k8s.io/apimachinery 0.33 writes them, in hex, and what they are in JSON without
 * the empty values that Go writes for absent fields.
 */
export const GOLDEN = {
  emptyNamespace: {
    hex: "6b3873000a0f0a02763112094e616d657370616365121c0a140a0464656d6f12001a0022002a0032003800420012001a020a001a002200",
    object: { apiVersion: "v1", kind: "Namespace", metadata: { name: "demo" }, spec: {}, status: {} },
  },
  namespace: {
    hex:
      "6b3873000a0f0a02763112094e616d6573706163651282020ac1010a0464656d6f1202672d1a0022002a027531320231323803420808f0f381af0610" +
      "004a0808f0f381af06100050005a0e0a095f5f70726f746f5f5f1201785a050a01611200620c0a02c3a91206e697a5e69cac6a140a03506f641a0170" +
      "220275322a027631300038017203612f627203632f648a014b0a016d12065570646174651a027631220808f0f381af06100032084669656c64735631" +
      "3a1e0a1c7b22663a64617461223a7b222e223a7b7d2c22663a61223a7b7d7d7d4206737461747573120c0a0a6b756265726e657465731a2e0a064163" +
      "7469766512180a0154120454727565220808f0f381af0610002a01523200120a0a00120022002a0032001a002200",
    object: {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "demo",
        generateName: "g-",
        uid: "u1",
        resourceVersion: "12",
        generation: 3,
        creationTimestamp: "2024-02-29T12:34:56Z",
        deletionTimestamp: "2024-02-29T12:34:56Z",
        deletionGracePeriodSeconds: 0,
        labels: { ["__proto__"]: "x", a: "" },
        annotations: { é: "日本" },
        ownerReferences: [
          { apiVersion: "v1", kind: "Pod", name: "p", uid: "u2", controller: false, blockOwnerDeletion: true },
        ],
        finalizers: ["a/b", "c/d"],
        managedFields: [
          {
            manager: "m",
            operation: "Update",
            apiVersion: "v1",
            time: "2024-02-29T12:34:56Z",
            fieldsType: "FieldsV1",
            fieldsV1: { "f:data": { ".": {}, "f:a": {} } },
            subresource: "status",
          },
        ],
      },
      spec: { finalizers: ["kubernetes"] },
      status: {
        phase: "Active",
        conditions: [
          { type: "T", status: "True", lastTransitionTime: "2024-02-29T12:34:56Z", reason: "R" },
          { type: "", status: "" },
        ],
      },
    },
  },
  configMap: {
    hex:
      "6b3873000a0f0a0276311209436f6e6669674d617012500a150a016312001a0464656d6f22002a00320038004200120e0a095f5f70726f746f5f5f12" +
      "017012060a016112013112090a05656d70747912001a080a0162120300ff801a080a046e6f6e65120020011a002200",
    object: {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "c", namespace: "demo" },
      immutable: true,
      data: { ["__proto__"]: "p", a: "1", empty: "" },
      binaryData: { b: "AP+A", none: "" },
    },
  },
  secret: {
    hex:
      "6b3873000a0c0a0276311206536563726574123a0a110a017312001a0022002a0032003800420012150a0870617373776f7264120970c3a47373776f" +
      "72641a064f706171756522060a016b1201761a002200",
    object: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s" },
      data: { password: "cMOkc3N3b3Jk" },
      stringData: { k: "v" },
      type: "Opaque",
    },
  },
  event: {
    hex:
      "6b3873000a0b0a02763112054576656e741293010a150a016512001a0464656d6f22002a0032003800420012260a03506f6412001a017022002a0032" +
      "003a14737065632e636f6e7461696e6572737b7765627d1a075374617274656422016d2a0b0a076b7562656c65741200320808f0f381af0610003a00" +
      "40074a064e6f726d616c520908f0f381af0610d8365a1108ffffffff07120908f0f381af0610d83662007201727a001a002200",
    object: {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: "e", namespace: "demo" },
      involvedObject: { kind: "Pod", name: "p", fieldPath: "spec.containers{web}" },
      reason: "Started",
      message: "m",
      source: { component: "kubelet" },
      firstTimestamp: "2024-02-29T12:34:56Z",
      count: 7,
      type: "Normal",
      eventTime: "2024-02-29T12:34:56.000007Z",
      series: { count: 2147483647, lastObservedTime: "2024-02-29T12:34:56.000007Z" },
      reportingComponent: "r",
      reportingInstance: "",
    },
  },
  deleteOptions: {
    hex: "6b3873000a130a027631120d44656c6574654f7074696f6e73121c080012050a017512001800220a466f726567726f756e642a03416c6c1a002200",
    object: {
      apiVersion: "v1",
      kind: "DeleteOptions",
      gracePeriodSeconds: 0,
      preconditions: { uid: "u", resourceVersion: "" },
      orphanDependents: false,
      propagationPolicy: "Foreground",
      dryRun: ["All"],
    },
  },
  emptyDeleteOptions: {
    hex: "6b3873000a180a07617070732f7631120d44656c6574654f7074696f6e7312001a002200",
    object: { apiVersion: "apps/v1", kind: "DeleteOptions" },
  },
  scale: {
    hex:
      "6b3873000a170a0e6175746f7363616c696e672f763112055363616c6512200a110a017812001a0022002a00320038004200120208001a0708021203" +
      "613d621a002200",
    object: {
      apiVersion: "autoscaling/v1",
      kind: "Scale",
      metadata: { name: "x" },
      spec: {},
      status: { replicas: 2, selector: "a=b" },
    },
  },
  status: {
    hex:
      "6b3873000a0c0a0276311206537461747573124a0a060a0012001a0012074661696c7572651a016d22084e6f74466f756e642a270a016e12001a016b" +
      "22190a114669656c6456616c7565496e76616c69641201781a0166280132003094031a002200",
    object: {
      apiVersion: "v1",
      kind: "Status",
      metadata: {},
      status: "Failure",
      message: "m",
      reason: "NotFound",
      details: {
        name: "n",
        kind: "k",
        causes: [{ reason: "FieldValueInvalid", message: "x", field: "f" }],
        retryAfterSeconds: 1,
      },
      code: 404,
    },
  },
} as const;
