import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../compiled.fixture.js";
import { ClusterRoleBinding } from "./cluster-role-binding.js";
import { RoleBinding } from "./role-binding.js";

const bindings = new Compiled(RoleBinding);
const clusterBindings = new Compiled(ClusterRoleBinding);
const roleRef = { kind: "ClusterRole", name: "view" };
const group = "rbac.authorization.k8s.io";

describe("bindings", () => {
  it("get the groups that a client leaves out", () => {
    const subjects = [{ kind: "User", name: "ann" }, { kind: "Group", name: "devs" }, { kind: "ServiceAccount" }];
    expect(bindings.object({ roleRef, subjects })).toMatchObject({
      roleRef: { apiGroup: group, ...roleRef },
      subjects: [
        { kind: "User", apiGroup: group, name: "ann" },
        { kind: "Group", apiGroup: group, name: "devs" },
        { kind: "ServiceAccount", name: "" },
      ],
    });
  });

  it("are to a role that is named", () => {
    expect(bindings.problems(bindings.object({}))).toEqual([
      'roleRef.kind: Unsupported value: "": supported values: "Role", "ClusterRole"',
      "roleRef.name: Required value",
    ]);
    expect(clusterBindings.problems(clusterBindings.object({ roleRef: { kind: "Role", name: "a/b" } }))).toEqual([
      'roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"',
      expect.stringMatching(/^roleRef\.name: Invalid value: "a\/b": may not contain '\/'/),
    ]);
  });

  it.each<[JsonObject, string[], string[]]>([
    [{ kind: "ServiceAccount", name: "a" }, [], ["namespace: Required value"]],
    [
      { kind: "ServiceAccount", name: "a", namespace: "demo", apiGroup: "x" },
      ['apiGroup: Unsupported value: "x": supported values: ""'],
      ['apiGroup: Unsupported value: "x": supported values: ""'],
    ],
    [{ kind: "User", name: "" }, ["name: Required value"], ["name: Required value"]],
    [
      { kind: "Robot", name: "a" },
      ['kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"'],
      ['kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"'],
    ],
  ])("check the subject %j", (subject, inNamespace, inCluster) => {
    const told = (kind: Compiled) => kind.problems(kind.object({ roleRef, subjects: [subject] }));
    expect(told(bindings)).toEqual(inNamespace.map((one) => `subjects[0].${one}`));
    expect(told(clusterBindings)).toEqual(inCluster.map((one) => `subjects[0].${one}`));
  });

  it("tell last of the names that are missing, as upstream declares these", () => {
    const told = bindings.problems(
      bindings.object({ roleRef: { kind: "ClusterRole" }, subjects: [{ kind: "Robot" }] }),
    );
    expect(told).toEqual([
      expect.stringMatching(/^subjects\[0\]\.kind: Unsupported value/),
      "subjects[0].name: Required value",
      "roleRef.name: Required value",
    ]);
    const old = bindings.object({ roleRef });
    const changed = bindings.object({ roleRef: { kind: "ClusterRole" }, subjects: [{ kind: "User" }] });
    expect(bindings.problems(changed, { operation: "UPDATE" })).toEqual(["roleRef.name: Required value"]);
    expect(bindings.updateProblems(changed, old)).toEqual([
      expect.stringMatching(/^roleRef: Invalid value: .*: field is immutable$/),
      "subjects[0].name: Required value",
    ]);
  });

  it("are to one role for good", () => {
    const old = bindings.object({ roleRef });
    expect(bindings.updateProblems(bindings.object({ roleRef, subjects: [{ kind: "User", name: "a" }] }), old)).toEqual(
      [],
    );
    expect(bindings.updateProblems(bindings.object({ roleRef: { ...roleRef, name: "edit" } }), old)).toEqual([
      expect.stringMatching(/^roleRef: Invalid value: .*: field is immutable$/),
    ]);
  });
});
