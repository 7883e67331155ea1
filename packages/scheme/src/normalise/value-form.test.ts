import { describe, expect, it } from "vitest";
import { MalformedValueError, valueText } from "./value-form.js";

describe("valueText", () => {
  it.each([
    ["time", "2026-01-01T12:00:00.9+02:00", "2026-01-01T10:00:00Z"],
    ["micro-time", "2026-01-01T12:00:00.5Z", "2026-01-01T12:00:00.500000Z"],
    ["micro-time", "2026-01-01T12:00:00.123456789+02:00", "2026-01-01T10:00:00.123456Z"],
    ["duration", "90s", "1m30s"],
    ["quantity", "0.5", "500m"],
    ["bytes", "QQ==", "QQ=="],
    ["bytes", "QR==", "QQ=="],
    ["bytes", "QUI9\n", "QUI9"],
    ["bytes", "", ""],
  ] as const)("writes the %s %j as Go does", (form, text, expected) => {
    expect(valueText(form, text)).toBe(expected);
  });

  it("takes a number for a quantity, and for nothing else", () => {
    expect(valueText("quantity", 1500)).toBe("1500");
    expect(valueText("duration", 90)).toBeUndefined();
  });

  it.each([
    ["micro-time", "soon"],
    ["duration", "1 hour"],
    ["quantity", "many"],
    ["bytes", "%"],
  ] as const)("refuses the %s %j", (form, text) => {
    expect(() => valueText(form, text)).toThrow(MalformedValueError);
  });
});
