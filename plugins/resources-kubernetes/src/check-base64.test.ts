import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { checkBase64, illegalByte } from "./check-base64.js";

describe("illegalByte", () => {
  it.each(["", "QQ==", "QUI=", "QUJD", "Q\nQ=\r\n=\n", "+/+/"])("takes %j", (text) => {
    expect(illegalByte(text)).toBeUndefined();
  });

  it.each([
    ["QU%D", 2],
    ["-_-_", 0],
    ["QUJDQ", 4],
    ["QUJDQUI", 4],
    ["=", 0],
    ["Q===", 1],
    ["QQ=", 3],
    ["QQ=A", 3],
    ["QQ==QQ==", 4],
    ["QUI=A", 4],
    ["QQü=", 2],
  ])("finds what is wrong with %j", (text, at) => {
    expect(illegalByte(text)).toBe(at);
  });
});

it("says where, but not what", () => {
  expect(() => checkBase64("Secret", { a: "QQ==", b: "hunter2%" })).toThrow(StatusError);
  expect(() => checkBase64("Secret", { b: "hunter2%" })).toThrow(
    /^Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 7$/,
  );
  expect(() => checkBase64("Secret", undefined)).not.toThrow();
});
