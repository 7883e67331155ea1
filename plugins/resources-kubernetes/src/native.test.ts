import { FieldErrors } from "@quarterdeck/meta";
import { structureRecord } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { Deployment } from "./apps/deployment/deployment.js";
import { Compiled } from "./compiled.fixture.js";
import { Pod } from "./core/pod/pod.js";
import { nativeMessage } from "./facts/native-message.js";
import { nativeSchema } from "./facts/native-schema.js";
import { NativeBody } from "./native.js";
import type { ObjectReference } from "./types/core-v1.js";

@NativeBody("core/v1.Binding")
class Binding {
  target!: ObjectReference;
}

describe("a kind over the facts", () => {
  it("has the zero values that Go's JSON has", () => {
    const { normaliser } = new Compiled(Deployment).version;
    const fields = {
      spec: {
        replicas: 0,
        paused: false,
        selector: {},
        template: { spec: { containers: [{ name: "a", image: "", env: [], resources: { limits: { cpu: "0.5" } } }] } },
      },
    };
    const object = normaliser.normalise(fields, { unknown: [], errors: new FieldErrors() });
    expect(object.spec).toEqual({
      replicas: 0,
      selector: {},
      strategy: {},
      template: { metadata: {}, spec: { containers: [{ name: "a", resources: { limits: { cpu: "500m" } } }] } },
    });
    expect(object.status).toEqual({});
  });

  it("has the defaults that the facts have", () => {
    const disk = { spec: { volumes: [{ name: "a", iscsi: { iqn: "iqn.2024-01.com.example:a", lun: 0 } }] } };
    const { normaliser } = new Compiled(Pod).version;
    expect(normaliser.normalise(disk, { unknown: [], errors: new FieldErrors() }).spec).toMatchObject({
      volumes: [{ iscsi: { iscsiInterface: "default" } }],
    });
  });

  it("writes null for lists that Go does not leave out, and for times", () => {
    const pod = new Compiled(Pod);
    expect(pod.object({}).spec).toMatchObject({ containers: null });
    expect(pod.object({ status: { conditions: [{ type: "Ready" }] } }).status).toEqual({
      conditions: [{ type: "Ready", status: "", lastProbeTime: null, lastTransitionTime: null }],
    });
  });

  it("shares the schema and the message of a type between those that have it", () => {
    const template = nativeSchema("core/v1.PodTemplateSpec").properties?.spec;
    expect(template?.properties).toBe(nativeSchema("core/v1.PodSpec").properties);
    expect(nativeMessage("apps/v1.DeploymentSpec").fields.find(({ name }) => name === "template")?.value).toBe(
      nativeMessage("core/v1.PodTemplateSpec"),
    );
  });

  it("has in protobuf the nested messages that JSON has flat, and those that contain themselves", () => {
    expect(nativeMessage("core/v1.Volume").fields).toMatchObject([
      { name: "name", number: 1, value: "string", zero: "keep" },
      { name: "", number: 2, inline: true, zero: "keep" },
    ]);
    const schema = nativeMessage("apiextensions/v1.JSONSchemaProps");
    expect(schema.fields.find(({ name }) => name === "not")?.value).toBe(schema);
  });

  it("may be the body of a subresource", () => {
    const { schema, message } = structureRecord(Binding)?.make() ?? {};
    expect(Object.keys(schema?.properties ?? {})).toEqual(["apiVersion", "kind", "metadata", "target"]);
    expect(message?.fields.map(({ name, number }) => [name, number])).toEqual([
      ["metadata", 1],
      ["target", 2],
    ]);
  });
});

describe("a value of the wrong type", () => {
  const spec = (fields: object) => ({ spec: { template: { spec: { containers: [{ name: "a", ...fields }] } } } });
  it.each([
    [
      { spec: { replicas: "2" } },
      "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
    ],
    [
      { spec: { replicas: 3_000_000_000 } },
      "json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32",
    ],
    [
      spec({ args: [1] }),
      "json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.args of type string",
    ],
    [
      { spec: { template: { spec: { containers: ["a"] } } } },
      "json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.containers of type v1.Container",
    ],
    [
      { spec: { template: { metadata: { labels: { a: 1 } } } } },
      "json: cannot unmarshal number into Go struct field ObjectMeta.spec.template.metadata.labels of type string",
    ],
    [
      spec({ imagePullPolicy: {} }),
      "json: cannot unmarshal object into Go struct field Container.spec.template.spec.containers.imagePullPolicy of type v1.PullPolicy",
    ],
    [
      spec({ resources: { limits: { cpu: "one" } } }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      { status: { conditions: [{ lastUpdateTime: "now" }] } },
      'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"',
    ],
  ])("is told as Go's decoder tells it: %j", (fields, message) => {
    const report = { unknown: [], errors: new FieldErrors() };
    new Compiled(Deployment).version.normaliser.normalise(fields, report);
    expect(report.errors.list).toEqual([{ reason: "FieldValueTypeInvalid", field: "", message }]);
  });
});
