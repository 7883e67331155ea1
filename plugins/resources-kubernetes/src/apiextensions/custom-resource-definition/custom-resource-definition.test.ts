import type { JsonObject, JsonValue, KubeObject } from "@quarterdeck/meta";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCel } from "../../checks/check-cel.js";
import { Compiled, context } from "../../compiled.fixture.js";
import { CustomResourceDefinition } from "./custom-resource-definition.js";

const kind = new Compiled(CustomResourceDefinition);
const VERSION = { name: "v1", served: true, storage: true };
const NAMES = { plural: "widgets", kind: "Widget" };
const ROOT = "spec.validation.openAPIV3Schema";

beforeAll(() => loadCel());

function definition(spec: JsonObject, metadata: KubeObject["metadata"] = { name: "widgets.example.com" }): KubeObject {
  const full = { group: "example.com", scope: "Namespaced", names: NAMES, versions: [version({})], ...spec };
  const object = kind.object({ spec: full }, metadata);
  kind.version.hooks.prepareForCreate?.(object, context);
  return object;
}

function version(fields: JsonObject): JsonObject {
  return { ...VERSION, schema: { openAPIV3Schema: { type: "object" } }, ...fields };
}

function schema(openAPIV3Schema: JsonObject): KubeObject {
  return definition({ versions: [version({ schema: { openAPIV3Schema } })] });
}

function properties(fields: { [name: string]: JsonValue }): KubeObject {
  return schema({ type: "object", properties: fields });
}

const LABEL_TEXT =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

describe("a definition", () => {
  it("has upstream's defaults and remembers the stored version", () => {
    const object = definition({});
    expect(object.spec).toMatchObject({
      names: { plural: "widgets", singular: "widget", kind: "Widget", listKind: "WidgetList" },
      conversion: { strategy: "None" },
    });
    expect(object.status).toEqual({
      conditions: null,
      acceptedNames: { plural: "", kind: "" },
      storedVersions: ["v1"],
    });
    expect(kind.problems(object)).toEqual([]);
    const next = structuredClone(object);
    Object.assign(Object(next.spec), { versions: [version({ storage: false }), version({ name: "v2" })] });
    kind.version.hooks.prepareForUpdate?.(next, object, context);
    expect(next.status).toMatchObject({ storedVersions: ["v1", "v2"] });
  });

  it("is shown as upstream shows it", () => {
    expect(kind.columns(true)).toEqual([
      "Name",
      "Scope",
      "Versions",
      "Created At",
      "Group",
      "Kind",
      "ShortNames",
      "Established",
    ]);
    const object = definition({ versions: [version({ name: "v2", storage: false }), version({})] });
    expect(["Scope", "Versions", "Kind", "Established"].map((name) => kind.cell(name, object))).toEqual([
      "Namespaced",
      "v1(storage),v2",
      "Widget",
      false,
    ]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { group: "" },
      [
        'metadata.name: Invalid value: "widgets.example.com": must be spec.names.plural+"."+spec.group',
        "spec.group: Required value",
      ],
    ],
    [{ scope: "" }, ["spec.scope: Required value"]],
    [{ scope: "All" }, ['spec.scope: Unsupported value: "All": supported values: "Cluster", "Namespaced"']],
    [{ versions: [VERSION] }, ["spec.versions[0].schema.openAPIV3Schema: Required value"]],
    [
      { names: { ...NAMES, singular: "A", shortNames: ["B"], listKind: "Widget", categories: ["1"] } },
      [
        `spec.names.singular: Invalid value: "A": ${LABEL_TEXT}`,
        `spec.names.shortNames[0]: Invalid value: "B": ${LABEL_TEXT}`,
        'spec.names.listKind: Invalid value: "Widget": kind and listKind may not be the same',
        `spec.names.categories[0]: Invalid value: "1": ${LABEL_TEXT}`,
      ],
    ],
    [
      { names: { plural: "widgets", kind: "" } },
      ["spec.names.singular: Required value", "spec.names.kind: Required value", "spec.names.listKind: Required value"],
    ],
    [
      { preserveUnknownFields: true },
      [
        "spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead",
      ],
    ],
    [
      { conversion: { strategy: "Webhook" } },
      [
        "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook",
        "spec.conversion.conversionReviewVersions: Required value",
      ],
    ],
    [
      { conversion: { strategy: "Webhook", webhook: { clientConfig: {}, conversionReviewVersions: ["v2"] } } },
      [
        "spec.conversion.webhookClientConfig: Required value: exactly one of url or service is required",
        'spec.conversion.conversionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1',
      ],
    ],
    [
      { conversion: { strategy: "None", webhook: { clientConfig: {}, conversionReviewVersions: ["v1"] } } },
      [
        "spec.conversion.webhookClientConfig: Forbidden: should not be set when strategy is not set to Webhook",
        "spec.conversion.conversionReviewVersions: Forbidden: should not be set when strategy is not set to Webhook",
      ],
    ],
    [
      { versions: [version({ deprecationWarning: "a" })] },
      ['spec.versions[0].deprecationWarning: Invalid value: "a": can only be set for deprecated versions'],
    ],
    [
      { versions: [version({ deprecated: true, deprecationWarning: "a\nb" })] },
      [
        'spec.versions[0].deprecationWarning: Invalid value: "a\\nb": must only contain printable UTF-8 characters; non-printable character found at index 1',
      ],
    ],
    [
      {
        versions: [
          version({
            subresources: {
              scale: { specReplicasPath: "spec", statusReplicasPath: ".spec.a", labelSelectorPath: ".a" },
            },
          }),
        ],
      },
      [
        'spec.subresources.scale.specReplicasPath: Invalid value: "spec": must be a simple json path starting with .',
        'spec.subresources.scale.statusReplicasPath: Invalid value: ".spec.a": should be a json path under .status',
        'spec.subresources.scale.labelSelectorPath: Invalid value: ".a": should be a json path under either .spec or .status',
      ],
    ],
    [
      { versions: [version({ additionalPrinterColumns: [{ name: "", type: "text", format: "x", jsonPath: "" }] })] },
      [
        "spec.additionalPrinterColumns[0].name: Required value",
        'spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string',
        'spec.additionalPrinterColumns[0].format: Invalid value: "x": must be one of byte,date,date-time,double,float,int32,int64,password',
        "spec.additionalPrinterColumns[0].JSONPath: Required value",
      ],
    ],
    [
      {
        versions: [
          version({
            schema: {
              openAPIV3Schema: {
                type: "object",
                properties: { metadata: { type: "object", properties: { name: { type: "string" } } } },
              },
            },
            selectableFields: [{ jsonPath: ".a" }, { jsonPath: ".metadata.name" }, { jsonPath: ".metadata" }],
          }),
        ],
      },
      [
        'spec.selectableFields[0].jsonPath: Invalid value: ".a": is an invalid path: does not refer to a valid field',
        'spec.selectableFields[1].jsonPath: Invalid value: ".metadata.name": must not point to fields in metadata',
        'spec.selectableFields[2].jsonPath: Invalid value: ".metadata": must not point to fields in metadata',
        'spec.selectableFields[2].jsonPath: Invalid value: ".metadata": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
      ],
    ],
    [
      { versions: [version({ name: "V1" })] },
      [`spec.versions[0].name: Invalid value: "V1": ${LABEL_TEXT}`, `spec.version: Invalid value: "V1": ${LABEL_TEXT}`],
    ],
    [
      { versions: null },
      [
        "spec.versions: Invalid value: null: must have exactly one version marked as storage version",
        expect.stringMatching(/^status.storedVersions: Invalid value: .* must have at least one stored version$/),
      ],
    ],
    [
      {
        preserveUnknownFields: true,
        conversion: {
          strategy: "Webhook",
          webhook: { conversionReviewVersions: ["v1"], clientConfig: { service: { namespace: "a" } } },
        },
      },
      [
        'spec.conversion.strategy: Invalid value: "Webhook": must be None if spec.preserveUnknownFields is true',
        "spec.conversion.webhookClientConfig.service.namespace: Required value",
        expect.stringMatching(/^spec.preserveUnknownFields: Invalid value: true: cannot set to true/),
      ],
    ],
  ])("is checked: %j", (spec, problems) => {
    expect(kind.problems(definition(spec))).toEqual(problems);
  });

  it("has versions that differ checked one by one, of which one is stored", () => {
    const versions = [version({ schema: { openAPIV3Schema: {} } }), version({})];
    expect(kind.problems(definition({ versions }))).toEqual([
      "spec.versions[0].schema.openAPIV3Schema.type: Required value: must not be empty at the root",
      expect.stringMatching(/^spec\.versions: Invalid value: \[.*\]: must contain unique version names$/),
      expect.stringMatching(/^spec\.versions: Invalid value: \[.*\]: must have exactly one version marked as storage/),
    ]);
  });

  it.each<[JsonObject, string[]]>([
    [{}, [".type: Required value: must not be empty at the root"]],
    [{ type: "string" }, ['.type: Invalid value: "string": must be object at the root']],
    [{ type: "object", nullable: true }, [".nullable: Forbidden: nullable cannot be true at the root"]],
    [
      { type: "object", additionalProperties: { type: "string" } },
      [".additionalProperties: Forbidden: must not be used at the root"],
    ],
    [
      {
        type: "object",
        properties: { a: {}, b: { type: "array" }, c: { type: "array", items: {} }, d: { type: "text" } },
      },
      [
        ".properties[a].type: Required value: must not be empty for specified object fields",
        ".properties[b].items: Required value: must be specified",
        ".properties[c].items.type: Required value: must not be empty for specified array items",
        '.properties[d].type: Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string"',
      ],
    ],
    [
      {
        type: "object",
        properties: {
          kind: { type: "integer" },
          metadata: { type: "object", properties: { labels: { type: "object" } } },
        },
      },
      [
        '.properties[kind].type: Invalid value: "integer": must be string',
        ".properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified",
      ],
    ],
    [
      { type: "object", anyOf: [{ properties: { a: { type: "string", minLength: 1 } } }] },
      [
        `.anyOf[0].properties[a].type: Forbidden: must be empty to be structural`,
        `.properties[a]: Required value: because it is defined in ${ROOT}.anyOf[0].properties[a]`,
      ],
    ],
    [
      { type: "object", not: { properties: { metadata: {} }, nullable: true } },
      [
        ".not.nullable: Forbidden: must be false to be structural",
        ".not.properties[metadata]: Forbidden: must not be specified in a nested context",
        `.properties[metadata]: Required value: because it is defined in ${ROOT}.not.properties[metadata]`,
      ],
    ],
  ])("has a structural schema: %j", (openAPIV3Schema, problems) => {
    expect(kind.problems(schema(openAPIV3Schema))).toEqual(problems.map((problem) => `${ROOT}${problem}`));
  });

  it("may have numbers or texts, and resources in it", () => {
    const anyOf = [{ type: "integer" }, { type: "string" }];
    const embedded = { type: "object", "x-kubernetes-embedded-resource": true };
    expect(
      kind.problems(
        properties({
          a: { "x-kubernetes-int-or-string": true, anyOf },
          b: { "x-kubernetes-int-or-string": true, allOf: [{ anyOf }, { pattern: "^a" }] },
          c: { ...embedded, "x-kubernetes-preserve-unknown-fields": true },
        }),
      ),
    ).toEqual([]);
    expect(kind.problems(properties({ a: embedded, b: { type: "string", pattern: "(" } }))).toEqual([
      `${ROOT}.properties[a].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields`,
      `${ROOT}.properties[b].pattern: Invalid value: "(": must be a valid regular expression, but isn't`,
    ]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { type: "string", id: "x", uniqueItems: true, $ref: "y" },
      [
        ".id: Forbidden: id is not supported",
        ".$ref: Forbidden: $ref is not supported",
        ".uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
      ],
    ],
    [
      { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "string" } },
      [".additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"],
    ],
    [
      { type: "string", "x-kubernetes-map-type": "some" },
      [
        '.type: Invalid value: "string": must be object if x-kubernetes-map-type is specified',
        '.x-kubernetes-map-type: Unsupported value: "some": supported values: "atomic", "granular"',
      ],
    ],
    [
      { type: "string", "x-kubernetes-list-type": "some", "x-kubernetes-list-map-keys": ["a"] },
      [
        '.type: Invalid value: "string": must be array if x-kubernetes-list-type is specified',
        '.x-kubernetes-list-type: Unsupported value: "some": supported values: "atomic", "set", "map"',
        '.x-kubernetes-list-type: Invalid value: "some": must be map if x-kubernetes-list-map-keys is non-empty',
      ],
    ],
    [
      { type: "array", "x-kubernetes-list-type": "set", items: { type: "object", nullable: true } },
      [
        ".items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set",
        ".items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is set",
      ],
    ],
    [
      { type: "array", "x-kubernetes-list-type": "map", items: { type: "string" } },
      [
        ".x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map",
        `.items.type: Invalid value: "string": must be object if parent array's x-kubernetes-list-type is map`,
      ],
    ],
    [
      {
        type: "array",
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["a", "b", "c", "a"],
        items: { type: "object", properties: { a: { type: "string" }, b: { type: "object" } } },
      },
      [
        `.items.properties[b].type: Invalid value: "object": must be a scalar type if parent array's x-kubernetes-list-type is map`,
        '.x-kubernetes-list-map-keys: Invalid value: ["a","b","c","a"]: entries must all be names of item properties',
        '.x-kubernetes-list-map-keys: Invalid value: ["a","b","c","a"]: must not contain duplicate entries',
        ".items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property",
        ".items.properties[b].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property",
        ".items.properties[a].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property",
      ],
    ],
    [
      {
        type: "string",
        "x-kubernetes-validations": [
          { rule: " " },
          { rule: "a\nb" },
          { rule: "true", message: "a\nb", reason: "Bad", fieldPath: " ", messageExpression: " " },
        ],
      },
      [
        ".x-kubernetes-validations[0].rule: Required value: rule is not specified",
        ".x-kubernetes-validations[1].message: Required value: message must be specified if rule contains line breaks",
        '.x-kubernetes-validations[2].message: Invalid value: "a\\nb": must not contain line breaks',
        ".x-kubernetes-validations[2].messageExpression: Required value: messageExpression must be non-empty if specified",
        '.x-kubernetes-validations[2].reason: Unsupported value: "Bad": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"',
        '.x-kubernetes-validations[2].fieldPath: Invalid value: " ": must be non-empty if specified',
        '.x-kubernetes-validations[2].fieldPath: Invalid value: " ": must be a valid path',
      ],
    ],
    [
      { type: "string", "x-kubernetes-validations": [{ rule: "self == other" }] },
      [
        '.x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self == other","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:9: undeclared reference to \'other\' (in container \'\')\n | self == other\n | ........^',
      ],
    ],
    [
      {
        type: "array",
        items: { type: "string", "x-kubernetes-validations": [{ rule: "self == oldSelf" }] },
        "x-kubernetes-validations": [
          { rule: "oldSelf == self" },
          { rule: "true", optionalOldSelf: false, fieldPath: "[0]" },
        ],
      },
      [
        '.x-kubernetes-validations[1].fieldPath: Invalid value: "[0]": must be a valid path',
        `.items.x-kubernetes-validations[0].rule: Invalid value: "self == oldSelf": oldSelf cannot be used on the uncorrelatable portion of the schema within ${ROOT}.properties[f]`,
      ],
    ],
    [
      {
        type: "string",
        "x-kubernetes-validations": [{ rule: "size(self)" }, { rule: "true", messageExpression: "1" }],
      },
      [
        expect.stringMatching(
          /validations\[0\].rule: Invalid value: {"Rule":.*}: cel expression must evaluate to a bool$/,
        ),
        expect.stringMatching(
          /validations\[1\].messageExpression: Invalid value: {"Rule":.*}: messageExpression must evaluate to a string$/,
        ),
      ],
    ],
    [
      { type: "string", "x-kubernetes-validations": [{ rule: "true", optionalOldSelf: false }] },
      [
        ".x-kubernetes-validations[0].optionalOldSelf: Invalid value: false: may not be set if oldSelf is not used in rule",
      ],
    ],
  ])("has fields of what is taken of OpenAPI: %j", (field, problems) => {
    expect(kind.problems(properties({ f: field }))).toEqual(
      problems.map((problem) => (typeof problem === "string" ? `${ROOT}.properties[f]${problem}` : problem)),
    );
  });

  it.each<[JsonObject, string[]]>([
    [{ type: "string", default: "a", enum: ["a", "b"] }, []],
    [
      { type: "string", default: 1, enum: ["a"] },
      [
        ': Invalid value: "integer":  in body must be of type string: "integer"',
        ': Unsupported value: 1: supported values: "a"',
      ],
    ],
    [{ type: "string", default: "abc", maxLength: 2 }, [": Too long: may not be more than 2 bytes"]],
    [
      { type: "string", default: "a", minLength: 2 },
      [': Invalid value: "a":  in body should be at least 2 chars long'],
    ],
    [
      { type: "integer", default: 3, minimum: 4, maximum: 2, multipleOf: 2 },
      [
        ": Invalid value: 3:  in body should be a multiple of 2",
        ": Invalid value: 3:  in body should be greater than or equal to 4",
        ": Invalid value: 3:  in body should be less than or equal to 2",
      ],
    ],
    [
      { type: "array", default: [1, "a"], maxItems: 1, items: { type: "integer" } },
      [
        '.[1]: Invalid value: "string": [1] in body must be of type integer: "string"',
        ": Too many: 2: must have at most 1 item",
      ],
    ],
    [
      {
        type: "object",
        default: { a: 1, c: 2 },
        required: ["b"],
        properties: { a: { type: "string" }, b: { type: "string" } },
      },
      [
        ': Invalid value: {"a":1,"c":2}: must not have unknown fields',
        '.a: Invalid value: "integer": a in body must be of type string: "integer"',
        ".b: Required value",
      ],
    ],
    [
      {
        type: "object",
        default: { a: { b: 1 } },
        additionalProperties: { type: "object", properties: { b: { type: "string" } } },
      },
      ['.a.b: Invalid value: "integer": a.b in body must be of type string: "integer"'],
    ],
    [{ type: "object", default: { a: 1 }, "x-kubernetes-preserve-unknown-fields": true }, []],
    [
      { type: "string", default: "a", nullable: true, not: { enum: ["a"] } },
      [': Invalid value: "": "" must not validate the schema (not)'],
    ],
    [
      { type: "string", default: "a", oneOf: [{ minLength: 2 }, { maxLength: 0 }] },
      [
        ': Invalid value: "": "" must validate one and only one schema (oneOf). Found none valid',
        ': Invalid value: "a":  in body should be at least 2 chars long',
      ],
    ],
    [
      { type: "string", default: "a", anyOf: [{ minLength: 2 }], allOf: [{ minLength: 1 }, { minLength: 3 }] },
      [
        ': Invalid value: "": "" must validate at least one schema (anyOf)',
        ': Invalid value: "a":  in body should be at least 2 chars long',
        ': Invalid value: "a":  in body should be at least 3 chars long',
        ': Invalid value: "": "" must validate all the schemas (allOf)',
      ],
    ],
  ])("has defaults that its schema allows: %j", (field, problems) => {
    expect(kind.problems(properties({ f: field }))).toEqual(
      problems.map((problem) => `${ROOT}.properties[f].default${problem}`),
    );
  });

  it("with a part for the status is a plain object", () => {
    const root = (schema: JsonObject): string[] =>
      kind.problems(
        definition({ versions: [version({ subresources: { status: {} }, schema: { openAPIV3Schema: schema } })] }),
      );
    expect(root({ type: "object", description: "a", required: ["spec"] })).toEqual([]);
    const text = "at the root of the schema if the status subresource is enabled";
    expect(root({ type: "string" })[0]).toBe(
      `${ROOT}.type: Invalid value: "string": only "object" is allowed as the type ${text}`,
    );
    expect(root({ type: "object", maxProperties: 3 })).toEqual([
      expect.stringMatching(
        /: only \[Description Type .* XValidations\] fields are allowed at the root of the schema if/,
      ),
    ]);
  });

  it("is warned of: formats that nobody knows, sets of what is no scalar", () => {
    const fields = {
      a: { type: "string", format: "date-time" },
      b: { type: "string", format: "odd" },
      c: { type: "integer", format: "int16" },
      d: {
        type: "array",
        "x-kubernetes-list-type": "set",
        items: { type: "object", "x-kubernetes-map-type": "atomic" },
      },
    };
    const warnings: string[] = [];
    const warn = (text: string) => warnings.push(text);
    expect(kind.problems(properties(fields), { warn })).toEqual([]);
    expect(kind.updateProblems(properties(fields), properties(fields), { warn })).toEqual([]);
    expect(warnings).toEqual([
      'unrecognized format "odd"',
      'unrecognized format "int16"',
      'x-kubernetes-list-type: set for items of type "object" is not supported by server-side apply or CEL validation rules',
    ]);
  });

  it("has no defaults in the metadata", () => {
    expect(
      kind.problems(properties({ kind: { type: "string", default: "a" }, a: { type: "string", default: "b" } })),
    ).toEqual([`${ROOT}.properties[kind].default: Forbidden: must not be set in top-level kind`]);
  });

  it("of the community's groups needs an approval", () => {
    const spec = { group: "a.k8s.io" };
    const named = (annotations: { [key: string]: string }): string[] =>
      kind.problems(definition(spec, { name: "widgets.a.k8s.io", annotations }));
    const needed = 'protected groups must have approval annotation "api-approved.kubernetes.io"';
    expect(named({})).toEqual([
      `metadata.annotations[api-approved.kubernetes.io]: Required value: ${needed}, see https://github.com/kubernetes/enhancements/pull/1111`,
    ]);
    expect(named({ "api-approved.kubernetes.io": "yes" })).toEqual([
      `metadata.annotations[api-approved.kubernetes.io]: Invalid value: "yes": ${needed} with either a URL or a reason starting with "unapproved", see https://github.com/kubernetes/enhancements/pull/1111`,
    ]);
    expect(named({ "api-approved.kubernetes.io": "unapproved, mine" })).toEqual([]);
    expect(named({ "api-approved.kubernetes.io": "https://a/b" })).toEqual([]);
  });

  it("keeps what objects depend on, and the versions that they may be stored in", () => {
    const old = definition({ versions: [version({ storage: false }), version({ name: "v0" })] });
    const next = definition({ group: "b.example.com", scope: "Cluster", names: { plural: "x", kind: "Y" } });
    next.status = old.status ?? null;
    expect(kind.updateProblems(next, old)).toEqual([
      'spec.group: Invalid value: "b.example.com": field is immutable',
      'spec.names.plural: Invalid value: "x": field is immutable',
      'status.storedVersions: Invalid value: ["v0"]: must have the storage version v1',
      expect.stringMatching(/^status\.storedVersions\[0\]: Invalid value: "v0": missing from spec\.versions; v0 was/),
    ]);
    Object.assign(Object(old.status), { conditions: [{ type: "Established", status: "True" }] });
    expect(kind.updateProblems(next, old)).toEqual(
      expect.arrayContaining([
        'spec.scope: Invalid value: "Cluster": field is immutable',
        'spec.names.kind: Invalid value: "Y": field is immutable',
      ]),
    );
    Object.assign(Object(next.status), { acceptedNames: { plural: "A", kind: "" } });
    expect(kind.updateProblems(next, old, { subresource: "status" })).toEqual([
      `status.acceptedNames.plural: Invalid value: "A": ${LABEL_TEXT}`,
    ]);
  });
});
