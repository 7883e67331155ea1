import { afterEach, describe, expect, it, vi } from "vitest";
import type { CelValue } from "./cel-value.js";
import { compile } from "./compile.js";

const CLAIMS = {
  sub: "ann",
  email: "ann@example.com",
  roles: ["dev", "ops"],
  exp: 1000,
  nbf: 10,
  nested: { team: { name: "blue" } },
  "example.com/x": true,
};

async function run(expression: string, claims: CelValue = CLAIMS): Promise<CelValue> {
  return (await compile(expression, { variables: ["claims"] })).evaluate({ claims });
}

describe("compile", () => {
  it.each<[string, CelValue]>([
    ["claims.sub", "ann"],
    ["'oidc:' + claims.sub", "oidc:ann"],
    ["claims.exp - claims.nbf <= 86400", true],
    ["claims.roles.map(r, 'x:' + r)", ["x:dev", "x:ops"]],
    ["claims.roles.exists(r, r == 'dev') && !claims.roles.exists(r, r.startsWith('system:'))", true],
    ["claims.email.split('@')[1]", "example.com"],
    ["claims.email.matches('^[a-z]+@example[.]com$')", true],
    ["has(claims.uid) ? claims.uid : claims.sub", "ann"],
    ["claims['example.com/x']", true],
    ["claims.nested.team", { name: "blue" }],
    ["type(claims.sub) == string && type(claims.roles) == list", true],
    ["1 + 2", 3n],
    ["size(claims.roles) == 2 && 'dev' in claims.roles", true],
    ["null", null],
  ])("evaluates %s", async (expression, value) => {
    expect(await run(expression)).toEqual(value);
  });

  it.each<[string, CelValue]>([
    ["claims.?email_verified.orValue(true)", true],
    ["claims.?email.orValue('none')", "ann@example.com"],
    ["claims.?nested.team.name.orValue('none')", "blue"],
    ["claims.?nested.?gone.name.orValue('none')", "none"],
    ["claims[?'roles'][0].orValue('none')", "dev"],
    ["claims.roles[?7].orValue('none')", "none"],
    ["claims.?roles.orValue([]).exists(r, r == 'ops')", true],
    ["claims.?gone.hasValue() || claims . ? sub.hasValue()", true],
    ["claims.?sub.value() + \".?a[?b]\" + r'\\' + '.?c'", "ann.?a[?b]\\.?c"],
    ["claims.?gone.or(claims.?sub).orValue('')", "ann"],
    ["optional.of(1).orValue(2) + optional.none().orValue(2)", 3n],
    ["optional.ofNonZeroValue('').hasValue()", false],
    ["claims.?sub.orValue('') == 'ann' ? [1] : [2]", [1n]],
  ])("knows optionals: %s", async (expression, value) => {
    expect(await run(expression)).toEqual(value);
  });

  it.each([
    ["", "the expression is empty"],
    ["claims.sub +", "1:12: syntax error: found + but expecting end of input"],
    ["claims.sub ==\n user.name", "2:2: undeclared reference to 'user'"],
    ["claims.sub.shout()", "undeclared reference to 'shout'"],
    ["claims.?sub.orValue(who)", "1:21: undeclared reference to 'who'"],
    ["[1].all(a, [1].all(b, [1].all(c, [1].all(d, a == d))))", "more than 3 comprehensions inside one another"],
    ["a".repeat(20_000), "the expression is longer than 16384 characters"],
  ])("refuses %j", async (expression, problem) => {
    const refused = compile(expression, { variables: ["claims"] });
    await expect(refused).rejects.toMatchObject({
      name: "CelExpressionError",
      message: expect.stringContaining(problem),
    });
  });

  it.each([
    ["claims.gone", "field not found: gone"],
    ["claims.sub + 1", "1:12: found no matching overload"],
    ["1 / 0", "divide by zero"],
    ["claims.?gone", "the result is an optional, not a value"],
    ["claims.?gone.value()", "optional.none() dereference"],
    ["claims.sub.orValue('')", "the value is no optional"],
    ["type(1)", "of a type that only expressions know"],
  ])("says why %s fails", async (expression, problem) => {
    await expect(run(expression)).rejects.toMatchObject({ expression, message: expect.stringContaining(problem) });
  });

  it("takes objects for what they are, whatever their members are called", async () => {
    const claims = JSON.parse('{"$typeName":"google.protobuf.Value","__proto__":{"admin":true},"constructor":1}');
    expect(await run("claims['$typeName']", claims)).toBe("google.protobuf.Value");
    expect(await run("claims['__proto__'].admin", claims)).toBe(true);
    expect(await run("has(claims.admin) || has(claims.toString)", claims)).toBe(false);
    expect(await run("type(claims) == map", claims)).toBe(true);
  });

  it("is not held up by a pattern that others search for hours", async () => {
    const claims = { sub: `${"a".repeat(5000)}b` };
    expect(await run("claims.sub.matches('^(a+)+$')", claims)).toBe(false);
  });

  it("tells which claims an expression reads", async () => {
    const program = await compile("has(claims.email) && claims.?email_verified.orValue(true)", {
      variables: ["claims"],
    });
    expect(program.selects("claims", "email")).toBe(true);
    expect(program.selects("claims", "email_verified")).toBe(true);
    expect(program.selects("claims", "sub")).toBe(false);
    const inside = await compile("claims.roles.all(r, r != claims.sub)", { variables: ["claims"] });
    expect(inside.selects("claims", "sub")).toBe(true);
  });
});

describe("the engine", () => {
  afterEach(() => {
    vi.doUnmock("./engine.js");
    vi.resetModules();
  });

  it("is not loaded before the first expression", async () => {
    const loaded = vi.fn(() => {
      throw new TypeError("loaded");
    });
    vi.resetModules();
    vi.doMock("./engine.js", loaded);
    const cel = await import("./index.js");
    expect(loaded).not.toHaveBeenCalled();
    await expect(cel.compile("1", { variables: [] })).rejects.toThrowError();
    expect(loaded).toHaveBeenCalled();
  });
});
