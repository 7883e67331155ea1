import type { ManagedFieldsEntry } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import { lastWrite } from "./last-write.js";

const created = "2026-01-01T00:00:00Z";

it.each<[ManagedFieldsEntry[] | undefined, string]>([
  [undefined, created],
  [[], created],
  [
    [
      { manager: "a", time: "2026-01-02T00:00:00Z" },
      { manager: "b", time: "2026-01-03T00:00:00Z" },
    ],
    "2026-01-03T00:00:00Z",
  ],
  [[{ manager: "a" }, { manager: "b", time: "soon" }], created],
])("the last write after %j was at %s", (managedFields, expected) => {
  const metadata = { name: "a", creationTimestamp: created, ...(managedFields && { managedFields }) };
  expect(lastWrite({ apiVersion: "v1", kind: "Event", metadata })).toBe(Date.parse(expected));
});
