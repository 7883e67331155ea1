import { beforeAll, describe, expect, it } from "vitest";
import { CelExpressionError } from "./cel-expression-error.js";
import { type CheckReferences, loadReferenceCheck } from "./compile.js";

describe("the check of references", () => {
  let check: CheckReferences;
  beforeAll(async () => {
    check = await loadReferenceCheck();
  });

  it.each([
    "object.spec.replicas <= params.max",
    "authorizer.group('').resource('pods').check('get').allowed()",
    "quantity(object.a).isLessThan(quantity('1Mi')) && ip.isCanonical(object.ip)",
    "object.?a.optMap(x, x + 1).orValue(0)",
    "object.items.transformList(i, v, i + v).all(x, x > 0)",
    "object.items.all(i, v, i < v)",
    "Object{spec: Object.spec{replicas: 1}}",
    "[JSONPatch{op: 'add', path: '/a', value: jsonpatch.escapeKey(object.b)}]",
    "cel.bind(x, object.a, x + x)",
    "type(object.a) == string",
  ])("lets pass %s", (expression) => {
    expect(() => check(expression, { variables: ["object", "params", "authorizer"] })).not.toThrow();
  });

  it.each([
    ["object.a ==", /syntax error/],
    ["object.a == other.b", /^1:13: undeclared reference to 'other'/],
    ["object.items.map(x, y)", /^1:21: undeclared reference to 'y'/],
    ["object.?a.optMap(x, y)", /undeclared reference to 'y'/],
    [" ", /the expression is empty/],
    [`object${".a".repeat(8000)}`, /more than 1000 parts inside one another/],
    [`1${"+1".repeat(8000)}`, /more than 1000 parts inside one another/],
    [`${"(".repeat(8000)}1${")".repeat(8000)}`, /syntax error/],
    [`${"[".repeat(8000)}${"]".repeat(8000)}`, /syntax error/],
  ])("refuses %.40s", (expression, message) => {
    const run = () => check(expression, { variables: ["object"] });
    expect(run).toThrow(CelExpressionError);
    expect(run).toThrow(message);
  });
});
