import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyMergePatch } from "./merge-patch.js";

const NAMES = ["a", "b", "c", "constructor"] as const;

/** JSON; the objects in its lists have no null, which is where upstream's library leaves the RFC. */
const { object } = fc.letrec<{ object: JsonObject; value: JsonValue; item: JsonValue }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>(0, "s", false, null),
    fc.array(tie("item"), { maxLength: 2 }),
    fc.dictionary(
      fc.constantFrom(...NAMES),
      tie("item").filter((value) => value !== null),
      {
        maxKeys: 2,
        noNullPrototype: true,
      },
    ),
  ),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(0, "s", false, null, null),
    fc.array(tie("item"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

/** The pseudo-code of RFC 7386, section 2, word by word. */
function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return patch;
  const result = new Map(isJsonObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) result.delete(name);
    else result.set(name, mergePatch(result.get(name), value));
  }
  return Object.fromEntries(result);
}

test("a merge patch does what the pseudo-code of RFC 7386 does, and leaves the patch as it was", () => {
  fc.assert(
    fc.property(object, object, (target, patch) => {
      const before = JSON.stringify(patch);
      const document = JSON.parse(JSON.stringify(target));
      applyMergePatch(document, patch);
      expect(document).toEqual(mergePatch(target, patch));
      expect(JSON.stringify(patch)).toBe(before);
      const again = JSON.parse(JSON.stringify(document));
      applyMergePatch(again, patch);
      expect(again).toEqual(document);
    }),
    { numRuns: 2000 },
  );
});
