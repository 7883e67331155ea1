import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { RuntimeClass } from "./runtime-class.js";

const classes = new Compiled(RuntimeClass);
const toleration = { key: "sandbox", operator: "Exists", effect: "NoExecute" };

function runtimeClass(fields: JsonObject = {}): KubeObject {
  return classes.object({ handler: "runsc", ...fields }, { name: "gvisor" });
}

describe("a runtime class", () => {
  it("has no defaults", () => {
    const object = runtimeClass({ overhead: { podFixed: { cpu: "100u" } } });
    expect(object).toMatchObject({ handler: "runsc", overhead: { podFixed: { cpu: "100u" } } });
    expect(classes.descriptor).toMatchObject({ createOnUpdate: true, unconditionalUpdate: false });
  });

  it.each<[JsonObject, string[]]>([
    [
      {
        overhead: { podFixed: { cpu: "250m", memory: "120Mi", "example.com/gpu": "1" } },
        scheduling: { nodeSelector: { "example.com/sandbox": "yes" }, tolerations: [toleration] },
      },
      [],
    ],
    [{ handler: "" }, ["handler: Required value"]],
    [{ handler: "a.b" }, ['handler: Invalid value: "a.b": must not contain dots']],
    [{ handler: "A" }, [expect.stringMatching(/^handler: Invalid value: "A": a lowercase RFC 1123 label must/)]],
    [
      { overhead: { podFixed: { cpu: "-1" } } },
      ['overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0'],
    ],
    [
      { overhead: { podFixed: { pods: "1" } } },
      ['overhead.limits[pods]: Invalid value: "pods": must be a standard resource for containers'],
    ],
    [{ overhead: { podFixed: { "hugepages-2Mi": "2Mi" } } }, ["overhead: Forbidden: HugePages require cpu or memory"]],
    [
      { handler: "A", scheduling: { nodeSelector: { "a/": "-" } } },
      [
        'scheduling.nodeSelector: Invalid value: "a/": name part must be non-empty',
        expect.stringMatching(/^scheduling\.nodeSelector: Invalid value: "a\/": name part must consist of/),
        expect.stringMatching(/^scheduling\.nodeSelector: Invalid value: "-": a valid label must/),
        expect.stringMatching(/^handler: /),
      ],
    ],
    [
      { scheduling: { tolerations: [{ ...toleration, operator: "Gt", value: "1" }] } },
      ['scheduling.tolerations[0].operator: Unsupported value: "Gt": supported values: "Equal", "Exists", "Lt", "Gt"'],
    ],
    [
      { scheduling: { tolerations: [toleration, { ...toleration, tolerationSeconds: 5 }] } },
      [expect.stringMatching(/^scheduling\.tolerations\[1\]: Duplicate value: \{"Key":.*"TolerationSeconds":/)],
    ],
    [{ scheduling: { tolerations: [toleration, { ...toleration, effect: "NoSchedule" }] } }, []],
  ])("%j", (fields, expected) => {
    expect(classes.problems(runtimeClass(fields))).toEqual(expected);
  });

  it("keeps its handler", () => {
    const old = runtimeClass({ handler: "old" });
    const changed = runtimeClass({ handler: "old", scheduling: { nodeSelector: { a: "b" } } });
    expect(classes.problems(changed, { operation: "UPDATE" })).toEqual([]);
    const worse = runtimeClass({ handler: "a.b", overhead: { podFixed: { pods: "1" } } });
    expect(classes.problems(worse, { operation: "UPDATE" })).toEqual([
      'handler: Invalid value: "a.b": must not contain dots',
      expect.stringMatching(/^overhead\./),
    ]);
    expect(classes.updateProblems(changed, old)).toEqual([]);
    expect(classes.updateProblems(runtimeClass(), old)).toEqual(["handler: Invalid value: null: field is immutable"]);
    expect(classes.updateProblems(runtimeClass({ handler: "" }), old)).toEqual([
      "handler: Invalid value: null: field is immutable",
      "handler: Required value",
    ]);
  });

  it("warns of labels of nodes that are out of use", () => {
    const warnings: string[] = [];
    const warn = (text: string) => warnings.push(text);
    const object = runtimeClass({ scheduling: { nodeSelector: { "beta.kubernetes.io/os": "linux", a: "b" } } });
    const text = 'scheduling.nodeSelector: deprecated since v1.14; use "kubernetes.io/os" instead';
    classes.problems(object, { warn });
    expect(warnings).toEqual([text]);
    classes.updateProblems(object, object, { warn });
    expect(warnings).toEqual([text, text]);
  });

  it("is printed as upstream prints it", () => {
    expect(classes.columns(true)).toEqual(["Name", "Handler", "Age"]);
    expect(classes.cell("Handler", runtimeClass())).toBe("runsc");
  });
});
