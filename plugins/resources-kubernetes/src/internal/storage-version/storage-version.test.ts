import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { StorageVersion } from "./storage-version.js";

const versions = new Compiled(StorageVersion);
const STATUS = { operation: "UPDATE", subresource: "status" } as const;
const server = { apiServerID: "s1", encodingVersion: "apps/v1", decodableVersions: ["apps/v1"] };
const agreed = { storageVersions: [server], commonEncodingVersion: "apps/v1" };

describe("StorageVersion", () => {
  it("starts without a status", () => {
    const object = versions.object({ status: agreed });
    versions.version.hooks.prepareForCreate?.(object, context);
    expect(object.status).toEqual({});
  });

  it.each<[string, string[]]>([
    ["apps.deployments", []],
    ["pods", ["name must be in the form of <group>.<resource>"]],
    [
      "A.1x",
      [
        expect.stringMatching(/^the group segment a lowercase RFC 1123 subdomain/),
        expect.stringMatching(/^the resource segment a DNS-1035 label/),
      ],
    ],
  ])("called %s", (name, expected) => {
    const problems = versions.problems(versions.object({}, { name }));
    const prefix = `metadata.name: Invalid value: "${name}": `;
    expect(problems.map((text) => text.slice(prefix.length))).toEqual(expected);
    expect(problems.every((text) => text.startsWith(prefix))).toBe(true);
  });

  it.each<[JsonObject, string[]]>([
    [agreed, []],
    [{}, []],
    [
      { storageVersions: [server, server], commonEncodingVersion: "apps/v1" },
      ['status.storageVersions[1].apiServerID: Duplicate value: "s1"'],
    ],
    [
      {
        storageVersions: [{ ...server, apiServerID: "S", encodingVersion: "v1", servedVersions: ["v2"] }],
        commonEncodingVersion: "v1",
      },
      [
        expect.stringMatching(/^status\.storageVersions\[0\]\.apiServerID: Invalid value: "S": a lowercase RFC 1123/),
        'status.storageVersions[0].decodableVersions: Invalid value: ["apps/v1"]: decodableVersions must include encodingVersion v1',
        'status.storageVersions[0].servedVersions[0]: Invalid value: "v2": individual served version : v2 must be included in decodableVersions : [apps/v1]',
      ],
    ],
    [
      {
        storageVersions: [{ ...server, decodableVersions: ["apps/v1", "/", "a/b/c"] }],
        commonEncodingVersion: "apps/v1",
      },
      [
        'status.storageVersions[0].decodableVersions[1]: Invalid value: "/": group part: must be non-empty,version part: must be non-empty',
        expect.stringMatching(/^status\.storageVersions\[0\]\.decodableVersions\[2\]: .* an apiVersion is a DNS-1035/),
      ],
    ],
    [
      { storageVersions: [server] },
      ["status.commonEncodingVersion: Invalid value: null: the common encoding version is apps/v1"],
    ],
    [
      { storageVersions: [server], commonEncodingVersion: "v1" },
      ['status.commonEncodingVersion: Invalid value: "v1": the actual common encoding version is apps/v1'],
    ],
    [
      { commonEncodingVersion: "v1" },
      [expect.stringMatching(/^status\.commonEncodingVersion: Invalid value: "v1": should be nil if servers do not/)],
    ],
    [
      {
        conditions: [
          { type: "A", status: "True", reason: "R", message: "m", lastTransitionTime: null },
          { type: "A", status: "True", reason: "", lastTransitionTime: null },
        ],
      },
      [
        'status[1].type: Invalid value: "A": the type of the condition is not unique, it also appears in conditions[0]',
        "status[1].reason: Required value",
        "status[1].message: Required value",
      ],
    ],
  ])("says of the status %j what is wrong", (status, expected) => {
    expect(versions.problems(versions.object({ status }), STATUS)).toEqual(expected);
  });

  it("is printed as upstream prints it", () => {
    expect(versions.columns(true)).toEqual(["Name", "CommonEncodingVersion", "StorageVersions", "Age"]);
    const cells = (status: JsonObject) =>
      ["CommonEncodingVersion", "StorageVersions"].map((name) => versions.cell(name, versions.object({ status })));
    expect(cells(agreed)).toEqual(["apps/v1", "s1=apps/v1"]);
    expect(cells({})).toEqual(["<unset>", "<unset>"]);
  });
});
