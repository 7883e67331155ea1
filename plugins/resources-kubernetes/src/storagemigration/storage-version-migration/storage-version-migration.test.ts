import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { StorageVersionMigration } from "./storage-version-migration.js";

const migrations = new Compiled(StorageVersionMigration);
const spec = { resource: { group: "apps", resource: "deployments" } };
const STATUS = { subresource: "status" } as const;

function condition(type: string, status = "True"): JsonObject {
  return { type, status, reason: "R", message: "", lastTransitionTime: "2026-01-01T00:00:00Z" };
}

describe("StorageVersionMigration", () => {
  it("takes resources of all groups, and starts without a status", () => {
    const object = migrations.object({ spec, status: { resourceVersion: "3" } });
    expect(migrations.problems(object)).toEqual([]);
    expect(migrations.problems(migrations.object({ spec: { resource: { resource: "pods" } } }))).toEqual([]);
    migrations.version.hooks.prepareForCreate?.(object, context);
    expect(object.status).toEqual({});
  });

  it.each<[JsonObject, string[]]>([
    [{}, ["spec.resource.resource: Required value: resource is required to be set"]],
    [
      { resource: { resource: "Pods", group: "a_b" } },
      [
        expect.stringMatching(/^spec\.resource\.resource: Invalid value: "Pods": a DNS-1035 label must/),
        expect.stringMatching(/^spec\.resource\.group: Invalid value: "a_b": a lowercase RFC 1123 subdomain/),
      ],
    ],
  ])("refuses %j", (fields, expected) => {
    expect(migrations.problems(migrations.object({ spec: fields }))).toEqual(expected);
  });

  it("keeps what it is about", () => {
    const old = migrations.object({ spec });
    const changed = migrations.object({ spec: { resource: { group: "", resource: "pods" } } });
    expect(migrations.updateProblems(changed, old)).toEqual([expect.stringMatching(/^spec: .*: field is immutable$/)]);
    expect(migrations.updateProblems(old, old)).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, string[]]>([
    [{ resourceVersion: "7", conditions: [condition("Running")] }, {}, []],
    [
      { resourceVersion: "07" },
      {},
      ['status.resourceVersion: Invalid value: "07": resource version is not well formed: 07'],
    ],
    [
      { resourceVersion: "8" },
      { resourceVersion: "7" },
      ['status.resourceVersion: Invalid value: "8": field is immutable'],
    ],
    [{}, { resourceVersion: "7" }, ['status.resourceVersion: Invalid value: "": field is immutable']],
    [
      { conditions: [condition("Succeeded"), condition("Failed")] },
      {},
      [expect.stringMatching(/^status\.conditions: .*: Both success and failed conditions cannot be true/)],
    ],
    [
      { conditions: [condition("Succeeded", "False")] },
      { conditions: [condition("Succeeded")] },
      [expect.stringMatching(/^status\.conditions: .*: Success condition cannot be set to false once it is true$/)],
    ],
    [
      {},
      { conditions: [condition("Failed")] },
      ["status.conditions: Invalid value: null: Failed condition cannot be set to false once it is true"],
    ],
    [
      { conditions: [condition("Running", "Maybe")] },
      {},
      ['status.conditions[0].status: Unsupported value: "Maybe": supported values: "False", "True", "Unknown"'],
    ],
  ])("says of the status %j after %j what is wrong", (status, before, expected) => {
    const old = migrations.object({ spec, status: before });
    expect(migrations.updateProblems(migrations.object({ spec, status }), old, STATUS)).toEqual(expected);
  });

  it("is printed as upstream prints it", () => {
    expect(migrations.columns(true)).toEqual(["Name", "Resource", "Status"]);
    const object = migrations.object({ spec, status: { conditions: [condition("Running"), condition("Succeeded")] } });
    expect(["Name", "Resource", "Status"].map((name) => migrations.cell(name, object))).toEqual([
      "a",
      "deployments.apps",
      "Succeeded",
    ]);
    const core = migrations.object({ spec: { resource: { resource: "pods" } } });
    expect(["Resource", "Status"].map((name) => migrations.cell(name, core))).toEqual(["pods", "Unknown"]);
  });
});
