import { encryptionContract } from "@quarterdeck/testing/encryption-contract";
import { describe, expect, it } from "vitest";
import { AesGcm } from "./aesgcm.js";

const key = (name: string, fill: number, length = 32) => ({
  name,
  secret: Buffer.alloc(length, fill).toString("base64"),
});

encryptionContract({
  name: "encryption-aesgcm",
  create: () => new AesGcm({ keys: [key("one", 1)] }),
  other: () => new AesGcm({ keys: [key("two", 2)] }),
  rotated: () => new AesGcm({ keys: [key("two", 2), key("one", 1)] }),
  authenticates: true,
  binds: true,
});

describe("AesGcm", () => {
  it("marks values with the name of their key", () => {
    const provider = new AesGcm({ keys: [key("one", 1)] });
    expect(provider.prefix).toBe("k8s:enc:aesgcm:v1:");
    expect(provider.encrypt(Buffer.from("x"), "/k").subarray(0, 4).toString()).toBe("one:");
  });

  it("tells a key that it does not know, without any key", () => {
    const value = new AesGcm({ keys: [key("two", 2)] }).encrypt(Buffer.from("x"), "/k");
    expect(() => new AesGcm({ keys: [key("one", 1)] }).decrypt(value, "/k")).toThrow(
      /^no matching key was found for the provided \w+ transformer$/,
    );
  });

  it("tries both keys of one name", () => {
    const value = new AesGcm({ keys: [key("one", 2)] }).encrypt(Buffer.from("x"), "/k");
    const both = new AesGcm({ keys: [key("one", 1), key("one", 2)] });
    expect(both.decrypt(value, "/k")).toEqual({ value: Buffer.from("x"), stale: true });
  });

  it.each([
    ["!!!", "keys[0].secret: secrets must be base64 encoded"],
    ["YWJj", "keys[0].secret: secret is not of the expected length, got 3, expected one of ["],
  ])("refuses the secret %s, and does not repeat it", (secret, message) => {
    expect(() => new AesGcm({ keys: [{ name: "k", secret }] })).toThrow(message);
    expect(() => new AesGcm({ keys: [{ name: "k", secret }] })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});
