import { FieldErrors } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { Secret } from "./secret.js";

const secrets = new Compiled(Secret);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const HIDDEN = "hunter2-very-secret";

describe("Secret", () => {
  it("is printed as upstream prints it", () => {
    expect(secrets.columns(true)).toEqual(["Name", "Type", "Data", "Age"]);
    const object = secrets.object({ data: { a: "", b: "" } });
    expect([secrets.cell("Type", object), secrets.cell("Data", object)]).toEqual(["Opaque", 2]);
  });

  it("moves stringData into data, where it wins", () => {
    const object = secrets.object({ data: { a: base64("old"), b: base64("b") }, stringData: { a: "new", c: "ü" } });
    expect(object.data).toEqual({ a: base64("new"), b: base64("b"), c: base64("ü") });
    expect(object).not.toHaveProperty("stringData");
  });

  it("keeps keys that mean something to JavaScript as they are", () => {
    const given = JSON.parse('{"stringData":{"__proto__":"x","constructor":"y"}}');
    const { data } = secrets.object(given);
    expect(JSON.stringify(data)).toBe(`{"__proto__":"${base64("x")}","constructor":"${base64("y")}"}`);
    expect(secrets.problems(secrets.object(given))).toEqual([]);
  });

  it("is selectable by type", () => {
    expect([...secrets.version.selectableFields.keys()]).toEqual(["type"]);
  });

  it.each([
    ["kubernetes.io/tls", {}, ["data[tls.crt]: Required value", "data[tls.key]: Required value"]],
    ["kubernetes.io/tls", { "tls.crt": "", "tls.key": "" }, []],
    ["kubernetes.io/ssh-auth", {}, ["data[ssh-privatekey]: Required value"]],
    ["kubernetes.io/ssh-auth", { "ssh-privatekey": "" }, ["data[ssh-privatekey]: Required value"]],
    ["kubernetes.io/ssh-auth", { "ssh-privatekey": base64("key") }, []],
    ["kubernetes.io/basic-auth", {}, ["data[username]: Required value", "data[password]: Required value"]],
    ["kubernetes.io/basic-auth", { password: "" }, []],
    ["kubernetes.io/dockerconfigjson", {}, ["data[.dockerconfigjson]: Required value"]],
    ["kubernetes.io/dockerconfigjson", { ".dockerconfigjson": base64("{}") }, []],
    ["kubernetes.io/dockercfg", {}, ["data[.dockercfg]: Required value"]],
    ["kubernetes.io/dockercfg", { ".dockercfg": base64("null") }, []],
    [
      "kubernetes.io/dockercfg",
      { ".dockercfg": base64("[1]") },
      ['data[.dockercfg]: Invalid value: "<secret contents redacted>": the value is no JSON object'],
    ],
    [
      "kubernetes.io/service-account-token",
      {},
      ["metadata.annotations[kubernetes.io/service-account.name]: Required value"],
    ],
    ["example.com/mine", {}, []],
  ])("of type %s with %j", (type, data, problems) => {
    expect(secrets.problems(secrets.object({ type, data }))).toEqual(problems);
  });

  it("warns of a key that is not that of the certificate", () => {
    const warnings: string[] = [];
    const telling = { warn: (text: string) => warnings.push(text) };
    const object = secrets.object({ type: "kubernetes.io/tls", data: { "tls.crt": "", "tls.key": "" } });
    secrets.problems(object, telling);
    secrets.updateProblems(object, structuredClone(object), telling);
    const warning = "tls: failed to find any PEM data in certificate input";
    expect(warnings).toEqual([warning, warning]);
  });

  it("holds one mebibyte once it is decoded", () => {
    const most = Buffer.alloc(1_048_576).toString("base64");
    expect(secrets.problems(secrets.object({ data: { a: most } }))).toEqual([]);
    expect(secrets.problems(secrets.object({ data: { a: most, b: base64("x") } }))).toHaveLength(1);
  });

  it("keeps its type, and its data once it is immutable", () => {
    const old = secrets.object({ data: { a: base64(HIDDEN) }, immutable: true });
    const changed = secrets.object({ data: { a: base64("other") }, type: "example.com/mine" });
    expect(secrets.updateProblems(changed, old)).toEqual([
      'type: Invalid value: "example.com/mine": field is immutable',
      "immutable: Forbidden: field is immutable when `immutable` is set",
      "data: Forbidden: field is immutable when `immutable` is set",
    ]);
    expect(secrets.updateProblems(structuredClone(old), old)).toEqual([]);
    const { data: _data, ...none } = old;
    expect(
      secrets.updateProblems({ ...none, type: "kubernetes.io/ssh-auth" }, { ...old, type: "kubernetes.io/ssh-auth" }),
    ).toEqual(["data: Forbidden: field is immutable when `immutable` is set", "data[ssh-privatekey]: Required value"]);
  });

  it("never says a value in an error", () => {
    const problems = [
      ...secrets.problems(secrets.object({ type: "kubernetes.io/dockercfg", data: { ".dockercfg": base64(HIDDEN) } })),
      ...secrets.problems(secrets.object({ stringData: { "a/b": HIDDEN } })),
    ];
    expect(problems).toHaveLength(2);
    const report = { unknown: [], errors: new FieldErrors() };
    secrets.version.normaliser.normalise({ data: { a: `${HIDDEN}%` } }, report);
    expect(report.errors.list).toEqual([
      { reason: "FieldValueTypeInvalid", field: "", message: "illegal base64 data at input byte 7" },
    ]);
    expect(problems.join("\n")).not.toContain(HIDDEN);
    expect(problems.join("\n")).not.toContain(base64(HIDDEN));
  });
});
