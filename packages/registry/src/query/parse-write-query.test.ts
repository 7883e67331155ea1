import { describe, expect, it } from "vitest";
import { refusal } from "../resource.fixture.js";
import { managerFromUserAgent } from "./field-manager.js";
import { parseWriteQuery } from "./parse-write-query.js";

describe("parseWriteQuery", () => {
  it("reads the options and has defaults", () => {
    expect(parseWriteQuery(new URLSearchParams(""), "CreateOptions")).toEqual({
      dryRun: false,
      fieldValidation: "Warn",
      fieldManager: "",
      force: false,
    });
    const query = "dryRun=All&dryRun=All&fieldValidation=Strict&fieldManager=me&pretty=true";
    expect(parseWriteQuery(new URLSearchParams(query), "CreateOptions")).toEqual({
      dryRun: true,
      fieldValidation: "Strict",
      fieldManager: "me",
      force: false,
    });
  });

  it.each([
    ["dryRun=x", 'dryRun: Unsupported value: ["x"]: supported values: "All"'],
    ["fieldValidation=x", 'fieldValidation: Unsupported value: "x": supported values: "", "Ignore", "Strict", "Warn"'],
    [`fieldManager=${"a".repeat(129)}`, "fieldManager: Too long: may not be more than 128 bytes"],
    ["fieldManager=a%07", 'fieldManager: Invalid value: "a\\a": invalid character U+0007 (at position 1)'],
    ["force=true", "force: Forbidden: may not be specified for non-apply patch"],
  ])("refuses %s with 422", async (query, detail) => {
    const error = await refusal(() => parseWriteQuery(new URLSearchParams(query), "PatchOptions"));
    expect(error.status).toMatchObject({
      code: 422,
      reason: "Invalid",
      message: `PatchOptions.meta.k8s.io "" is invalid: ${detail}`,
      details: { group: "meta.k8s.io", kind: "PatchOptions" },
    });
  });

  it("wants to know who applies, and lets an apply be forced", async () => {
    const error = await refusal(() => parseWriteQuery(new URLSearchParams(), "ApplyOptions"));
    expect(error.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
    const query = new URLSearchParams("fieldManager=m&force=true");
    expect(parseWriteQuery(query, "ApplyOptions")).toMatchObject({ fieldManager: "m", force: true });
  });

  it("takes the field manager from the User-Agent", () => {
    expect(managerFromUserAgent("kubectl/v1.32.0 (linux/amd64)")).toBe("kubectl");
    expect(managerFromUserAgent("a\u0000b c")).toBe("ab c");
    expect(Buffer.byteLength(managerFromUserAgent("ä".repeat(500)))).toBe(128);
  });
});
