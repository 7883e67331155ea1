import { CONDITION, METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

const IMMUTABLE = "Once true, neither the data nor this field can be changed.";

/** What config maps, secrets, service accounts and namespaces are, and their fields, for `kubectl explain`. */
export const CORE_V1_CONFIG: TypeDescriptions = {
  ConfigMap: {
    "": "ConfigMap keeps configuration for programs, as keys and values.",
    metadata: METADATA,
    immutable: IMMUTABLE,
    data: "Text values by key; a key has letters, digits, '-', '_' and '.'.",
    binaryData: "Binary values by key, in base64; no key may also stand in data.",
  },
  Secret: {
    "": "Secret keeps small confidential values, as keys and base64.",
    metadata: METADATA,
    immutable: IMMUTABLE,
    data: "Values by key, in base64.",
    stringData: "Values as plain text, for writing only: they go to data and are never read back.",
    type: "What the secret is for; well-known types must hold certain keys. Default: Opaque. It cannot be changed.",
  },
  ServiceAccount: {
    "": "ServiceAccount is an identity for programs: its tokens are signed by the server.",
    metadata: METADATA,
    secrets: "Secrets that pods of this account may use.",
    imagePullSecrets: "Secrets for pulling the images of this account's pods.",
    automountServiceAccountToken: "False: pods get no token unless they ask for it.",
  },
  Namespace: {
    "": "Namespace is a scope for names: objects of namespaced kinds live in one.",
    metadata: METADATA,
    spec: "What keeps the namespace.",
    status: "Whether the namespace is in use.",
  },
  NamespaceSpec: {
    "": "NamespaceSpec is what keeps a namespace until its content is gone.",
    finalizers: "What must be gone before a deleted namespace goes; `kubernetes` stands for its content.",
  },
  NamespaceStatus: {
    "": "NamespaceStatus is whether a namespace is in use.",
    phase: "Active, or Terminating once it has been deleted.",
    conditions: "The latest observations, one of each type.",
  },
  NamespaceCondition: {
    "": "NamespaceCondition is one observation of a namespace that is being deleted.",
    type: "What is observed.",
    ...CONDITION,
  },
};
