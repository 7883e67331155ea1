import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../compiled.fixture.js";
import { APIService } from "./api-service.js";

const kind = new Compiled(APIService);
const SPEC = { group: "a.example.com", version: "v1", groupPriorityMinimum: 100, versionPriority: 10 };

function service(fields: JsonObject, name = "v1.a.example.com"): KubeObject {
  return kind.object({ spec: { ...SPEC, ...fields } }, { name });
}

describe("an APIService", () => {
  it("is reached by https, or available at once", () => {
    const remote = service({ service: { namespace: "a", name: "b" } });
    expect(remote.spec).toMatchObject({ service: { namespace: "a", name: "b", port: 443 } });
    kind.version.hooks.prepareForCreate?.(remote, context);
    expect(remote.status).toEqual({});
    const local = service({});
    kind.version.hooks.prepareForCreate?.(local, context);
    expect(local.status).toMatchObject({ conditions: [{ type: "Available", status: "True", reason: "Local" }] });
    expect([remote, local].map((object) => kind.problems(object))).toEqual([[], []]);
    expect(kind.columns()).toEqual(["Name", "Service", "Available", "Age"]);
    const cells = ([object, ...rest]: KubeObject[]): unknown[] =>
      object === undefined ? [] : [kind.cell("Service", object), kind.cell("Available", object), ...cells(rest)];
    expect(cells([remote, local])).toEqual(["a/b", "Unknown", "Local", "True"]);
    local.status = { conditions: [{ type: "Available", status: "False", reason: "Gone", lastTransitionTime: null }] };
    expect(kind.cell("Available", local)).toBe("False (Gone)");
  });

  it.each<[JsonObject, string, string[]]>([
    [{}, "a", ['metadata.name: Invalid value: "a": must be `spec.version+"."+spec.group`: "v1.a.example.com"']],
    [{ group: "" }, "v1.", []],
    [
      { group: "", version: "v2" },
      "v2.",
      ["spec.group: Required value: only v1 may have an empty group and it better be legacy kube"],
    ],
    [
      { groupPriorityMinimum: 0, versionPriority: 1001 },
      "v1.a.example.com",
      [
        "spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000",
        "spec.versionPriority: Invalid value: 1001: must be positive and less than 1000",
      ],
    ],
    [
      { caBundle: "YQ==", insecureSkipTLSVerify: true },
      "v1.a.example.com",
      [
        'spec.caBundle: Invalid value: "1 bytes": local APIServices may not have a caBundle',
        "spec.insecureSkipTLSVerify: Invalid value: true: local APIServices may not have insecureSkipTLSVerify",
      ],
    ],
    [
      { service: { port: 0 }, caBundle: "YQ==", insecureSkipTLSVerify: true },
      "v1.a.example.com",
      [
        "spec.service.namespace: Required value",
        "spec.service.name: Required value",
        "spec.service.port: Invalid value: 0: port is not valid: must be between 1 and 65535, inclusive",
        "spec.insecureSkipTLSVerify: Invalid value: true: may not be true if caBundle is present",
      ],
    ],
    [
      { version: "1" },
      "1.a.example.com",
      [
        "spec.version: Invalid value: \"1\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
      ],
    ],
  ])("is checked: %j %s", (fields, name, problems) => {
    expect(kind.problems(service(fields, name))).toEqual(problems);
  });

  it("has a status of known words", () => {
    const object = service({});
    object.status = { conditions: [{ type: "Available", status: "Maybe", lastTransitionTime: null }] };
    expect(kind.problems(object, { subresource: "status" })).toEqual([
      'status.conditions[0].status: Unsupported value: "Maybe": supported values: "True", "False", "Unknown"',
    ]);
  });
});
