import type { KubeObject } from "@quarterdeck/meta";
import type { Normaliser, ResourceDescriptor, StructuralSchema, VersionDescriptor } from "@quarterdeck/scheme";

const NORMALISER: Normaliser = { normalise: (input) => input, validate: () => undefined };
const OBJECT_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

const STEP: StructuralSchema = {
  type: "object",
  description: "A stop on the way.",
  className: "Step",
  properties: {
    name: { type: "string", maxLength: 63 },
    weight: { type: "integer", format: "int32", minimum: 0, maximum: 100 },
    pause: { "x-kubernetes-int-or-string": true, anyOf: [{ minimum: 0 }, { pattern: "^[0-9]+%$" }] },
  },
  required: ["name"],
};

const SCHEMA: StructuralSchema = {
  type: "object",
  properties: {
    apiVersion: { type: "string" },
    kind: { type: "string" },
    metadata: { type: "object" },
    spec: {
      type: "object",
      description: "What should run.",
      className: "RolloutSpec",
      properties: {
        replicas: { type: "integer", minimum: 0, default: 1, description: "How many copies." },
        image: { type: "string", pattern: "^[a-z0-9.-]+$" },
        strategy: { type: "string", enum: ["Canary", "BlueGreen"], nullable: true },
        steps: {
          type: "array",
          items: STEP,
          description: "The stops, in order.",
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["name"],
        },
        last: { ...STEP, description: "The final stop.", default: { name: "end" } },
        settings: { type: "object", additionalProperties: { type: "string" } },
        template: {
          type: "object",
          "x-kubernetes-embedded-resource": true,
          "x-kubernetes-preserve-unknown-fields": true,
        },
        closed: { type: "object", additionalProperties: false },
      },
      required: ["image"],
      "x-kubernetes-validations": [{ rule: "self.replicas <= 100", message: "at most 100" }],
    },
    status: {
      type: "object",
      className: "RolloutStatus",
      properties: { replicas: { type: "integer" } },
    },
  },
};

function version(of: Partial<VersionDescriptor> & { group: string; version: string; kind: string }): VersionDescriptor {
  return {
    apiVersion: of.group === "" ? of.version : `${of.group}/${of.version}`,
    listKind: `${of.kind}List`,
    storage: true,
    served: true,
    deprecationWarning: undefined,
    schema: { type: "object", properties: {} },
    normaliser: NORMALISER,
    zeroFields: {},
    hooks: {
      default: undefined,
      begin: undefined,
      prepareForCreate: undefined,
      prepareForUpdate: undefined,
      prepareForPartUpdate: undefined,
      validate: undefined,
      validateUpdate: undefined,
      prepareForDelete: undefined,
      gracePeriod: undefined,
      afterDelete: undefined,
      heldBy: undefined,
      authorize: undefined,
      answer: undefined,
      readObjects: undefined,
    },
    columns: [],
    selectableFields: new Map(),
    specField: undefined,
    statusField: undefined,
    scale: undefined,
    subresources: new Map(),
    parts: new Map(),
    recordedRules: 0,
    toStorage: (object: KubeObject) => object,
    fromStorage: (object: KubeObject) => object,
    description: "",
    ...of,
  };
}

function resource(
  versions: readonly [VersionDescriptor, ...VersionDescriptor[]],
  of: Partial<ResourceDescriptor> & { resource: string },
): ResourceDescriptor {
  const [first] = versions;
  return {
    group: first.group,
    singular: first.kind.toLowerCase(),
    kind: first.kind,
    listKind: first.listKind,
    shortNames: [],
    categories: [],
    namespaced: true,
    flavour: "custom",
    nameFormat: "subdomain",
    ttlSeconds: undefined,
    createOnUpdate: false,
    unconditionalUpdate: false,
    garbageCollection: "background",
    returnDeletedObject: false,
    statusMetadata: false,
    statusOnCreate: false,
    stored: true,
    verbs: new Set(OBJECT_VERBS),
    servedVersions: versions.filter(({ served }) => served),
    versions: new Map(versions.map((one) => [one.version, one])),
    storageVersion: versions.find(({ storage }) => storage) ?? first,
    storedIn: { group: first.group, resource: of.resource },
    keyPrefix: `/registry/${first.group}/${of.resource}/`,
    source: "rollout.fixture.ts",
    ...of,
  };
}

const GROUP = "delivery.example.com";

/** A namespaced resource with all that documents speak of, in two versions of three. */
export const ROLLOUTS = resource(
  [
    version({
      group: GROUP,
      version: "v1",
      kind: "Rollout",
      schema: SCHEMA,
      specField: "spec",
      statusField: "status",
      scale: { spec: ".spec.replicas", status: ".status.replicas" },
      description: "Rollout brings an image to the world step by step.",
      subresources: new Map([
        [
          "restart",
          {
            name: "restart",
            verbs: ["create"],
            inputKind: "RestartRequest",
            inputVersion: undefined,
            inputSchema: { type: "object", className: "RestartRequest", properties: { reason: { type: "string" } } },
            inputNormaliser: NORMALISER,
            run: async (object: KubeObject) => ({ store: object }),
          },
        ],
      ]),
    }),
    version({ group: GROUP, version: "v1beta1", kind: "Rollout", schema: SCHEMA, storage: false }),
    version({ group: GROUP, version: "v1alpha1", kind: "Rollout", schema: SCHEMA, storage: false, served: false }),
  ],
  { resource: "rollouts", shortNames: ["ro"], categories: ["all"] },
);

/** A cluster-scoped resource of the same group that exists in v1 only. */
export const ENVIRONMENTS = resource([version({ group: GROUP, version: "v1", kind: "Environment" })], {
  resource: "environments",
  namespaced: false,
});

/** A native kind of the core group. */
export const CONFIG_MAPS = resource(
  [
    version({
      group: "",
      version: "v1",
      kind: "ConfigMap",
      schema: {
        type: "object",
        properties: {
          data: { type: "object", additionalProperties: { type: "string" } },
          immutable: { type: "boolean" },
        },
      },
      description: "ConfigMap holds settings.",
    }),
  ],
  { resource: "configmaps", shortNames: ["cm"], flavour: "typed" },
);
