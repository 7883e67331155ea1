import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { VolumeAttachment } from "./volume-attachment.js";

const attachments = new Compiled(VolumeAttachment);
const csi = { driver: "csi.example.com", volumeHandle: "v-1" };
const inlineVolumeSpec = { accessModes: ["ReadWriteOnce"], csi };

function attachment(spec: JsonObject = {}, status: JsonObject = {}): KubeObject {
  const source = { persistentVolumeName: "disk" };
  return attachments.object({ spec: { attacher: "csi.example.com", nodeName: "worker-1", source, ...spec }, status });
}

describe("an attachment", () => {
  it("is not there yet, whatever its maker says", () => {
    const object = attachment({}, { attached: true, attachmentMetadata: { a: "b" } });
    attachments.version.hooks.prepareForCreate?.(object, { ...context, operation: "CREATE" });
    expect(object.status).toEqual({ attached: false });
  });

  it("fills in what the volume within it leaves out", () => {
    const object = attachment({ source: { inlineVolumeSpec: { iscsi: { targetPortal: "a", iqn: "b", lun: 0 } } } });
    expect(object.spec).toMatchObject({ source: { inlineVolumeSpec: { iscsi: { iscsiInterface: "default" } } } });
    expect(object.spec).not.toHaveProperty("source.inlineVolumeSpec.volumeMode");
    const again = structuredClone(object);
    attachments.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it.each<[JsonObject, string[]]>([
    [{}, []],
    [{ source: { inlineVolumeSpec } }, []],
    [{ attacher: "" }, ["spec.attacher: Required value"]],
    [
      { attacher: `${"a".repeat(63)}_` },
      [
        expect.stringMatching(/^spec\.attacher: Invalid value: "a+_": an RFC 1123 subdomain must consist of alpha/),
        "spec.attacher: Too long: may not be more than 63 characters",
      ],
    ],
    [
      { source: {} },
      ["spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName"],
    ],
    [
      { source: { persistentVolumeName: "disk", inlineVolumeSpec } },
      ["spec.source: Forbidden: must specify exactly one of inlineVolumeSpec and persistentVolumeName"],
    ],
    [
      { source: { persistentVolumeName: "" }, nodeName: "N" },
      [
        "spec.source.persistentVolumeName: Required value: must specify non empty persistentVolumeName",
        expect.stringMatching(/^spec\.nodeName: Invalid value: "N": /),
        expect.stringMatching(/^spec\.source\.persistentVolumeName: Invalid value: "": /),
      ],
    ],
    [
      { source: { inlineVolumeSpec: { accessModes: ["ReadWriteOnce"], hostPath: { path: "/" } } } },
      expect.arrayContaining([
        "spec.source.inlineVolumeSpec.csi: Required value: has to be specified in the context of inline volumes",
      ]),
    ],
  ])("%j", (spec, expected) => {
    expect(attachments.problems(attachment(spec))).toEqual(expected);
  });

  it.each<[JsonObject, string[]]>([
    [{ attached: true, attachError: { time: null, message: "m".repeat(1024), errorCode: 8 } }, []],
    [
      { attachmentMetadata: { a: "b".repeat(262_144) } },
      ["status.attachmentMetadata: Too long: may not be more than 262144 bytes"],
    ],
    [
      { attachError: { message: "m".repeat(1025) }, detachError: { errorCode: -1 } },
      [
        "status.attachError.message: Too long: may not be more than 1024 bytes",
        "status.detachError.errorCode: Invalid value: -1: must be between 0 and 2147483647, inclusive",
      ],
    ],
  ])("has a status, case %#", (status, expected) => {
    expect(attachments.problems(attachment({}, status), { operation: "UPDATE", subresource: "status" })).toEqual(
      expected,
    );
  });

  it("is of one volume and one node for good", () => {
    const found = attachments.updateProblems(attachment({ nodeName: "worker-2" }), attachment());
    expect(found).toEqual(["spec: Invalid value: null: field is immutable"]);
    expect(attachments.updateProblems(attachment({}, { attached: true }), attachment())).toEqual([]);
  });

  it("is printed as upstream prints it", () => {
    const names = ["Attacher", "PV", "Node", "Attached"];
    expect(attachments.columns(true)).toEqual(["Name", ...names, "Age"]);
    const cells = (object: KubeObject) => names.map((name) => attachments.cell(name, object));
    expect(cells(attachment())).toEqual(["csi.example.com", "disk", "worker-1", false]);
    const inline = attachment({ source: { inlineVolumeSpec } }, { attached: true });
    expect(cells(inline)).toEqual(["csi.example.com", "", "worker-1", true]);
    expect(attachments.descriptor).toMatchObject({ unconditionalUpdate: false, returnDeletedObject: true });
  });
});
