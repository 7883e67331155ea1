import { expect, test } from "vitest";
import { matchesLabels } from "./matches-labels.js";

const LABELS = { app: "web", tier: "" };
const expression = (operator: string, values?: string[], key = "app") => ({
  matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
});

test.each([
  [{}, true],
  [undefined, false],
  [{ matchLabels: { app: "web" } }, true],
  [{ matchLabels: { app: "db" } }, false],
  [{ matchLabels: { tier: "" } }, true],
  [{ matchLabels: { none: "" } }, false],
  [expression("In", ["db", "web"]), true],
  [expression("In", ["db"]), false],
  [expression("In"), false],
  [expression("NotIn", ["db"]), true],
  [expression("NotIn", ["web"]), false],
  [expression("NotIn", ["x"], "none"), true],
  [expression("NotIn"), false],
  [expression("Exists"), true],
  [expression("Exists", [], "none"), false],
  [expression("Exists", ["a"]), false],
  [expression("DoesNotExist", [], "none"), true],
  [expression("DoesNotExist"), false],
  [expression("Gt", ["1"]), false],
  [expression("NotIn", ["a b"], "none"), false],
  [expression("DoesNotExist", [], "a b"), false],
  [{ matchLabels: { app: "web" }, ...expression("NotIn", ["web"]) }, false],
])("%j: %s", (selector, matches) => {
  expect(matchesLabels(selector, LABELS)).toBe(matches);
});
