import { formatCheck } from "../format/format-check.js";
import { isFull, renderPath } from "../normalise/walk.js";
import type { StructuralSchema } from "../schema/structural-schema.js";
import { allOfChecks, type Check, reportInvalid } from "./check.js";
import { compilePattern } from "./pattern.js";

/** Characters as Go counts them: code points, a lone surrogate as one. */
function codePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0xdc00 || unit > 0xdfff) continue;
    const before = text.charCodeAt(index - 1);
    if (before >= 0xd800 && before <= 0xdbff) count--;
  }
  return count;
}

function lengthAndPattern(schema: StructuralSchema): Check | undefined {
  const { minLength, maxLength, pattern } = schema;
  if (minLength === undefined && maxLength === undefined && pattern === undefined) return undefined;
  const expression = pattern === undefined ? undefined : compilePattern(pattern);
  // Only the first failure of a string is reported, and in this order, as upstream does.
  return (value, walk) => {
    if (typeof value !== "string") return;
    // A string has at most as many characters as UTF-16 units and at least half as many, so counting is rare.
    if (maxLength !== undefined && value.length > maxLength && codePoints(value) > maxLength) {
      if (!isFull(walk)) walk.errors.tooLong(renderPath(walk), maxLength);
    } else if (minLength !== undefined && value.length < minLength * 2 && codePoints(value) < minLength) {
      reportInvalid(walk, value, `should be at least ${minLength} chars long`);
    } else if (expression !== undefined && !expression.test(value)) {
      reportInvalid(walk, value, `should match '${pattern}'`);
    }
  };
}

function format(schema: StructuralSchema): Check | undefined {
  const { type, format: name } = schema;
  if (name === undefined || (type !== undefined && type !== "string")) return undefined;
  const isValid = formatCheck(name);
  if (isValid === undefined) return undefined;
  return (value, walk) => {
    if (typeof value !== "string" || isValid(value) || isFull(walk)) return;
    const path = renderPath(walk);
    walk.errors.typeInvalid(path, value, `${path} in body must be of type ${name}: ${JSON.stringify(value)}`);
  };
}

/** Length (in code points), pattern and format. */
export function stringChecks(schema: StructuralSchema): Check | undefined {
  return allOfChecks([lengthAndPattern(schema), format(schema)]);
}
