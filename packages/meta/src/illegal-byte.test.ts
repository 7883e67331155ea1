import { describe, expect, it } from "vitest";
import { illegalByte } from "./illegal-byte.js";

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
