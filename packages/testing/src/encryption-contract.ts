import type { Decrypted, EncryptionProvider, Lifecycle } from "@quarterdeck/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** An encryption provider under test. */
export interface EncryptionContractOptions {
  readonly name: string;
  create(): (EncryptionProvider & Lifecycle) | Promise<EncryptionProvider & Lifecycle>;
  /** The same provider with another key; it reads nothing of the first one. */
  other(): (EncryptionProvider & Lifecycle) | Promise<EncryptionProvider & Lifecycle>;
  /** What it writes first after the other's key took the place of its own, while it still has its own as a second one. */
  rotated?(): (EncryptionProvider & Lifecycle) | Promise<EncryptionProvider & Lifecycle>;
  /** False for a cipher that does not notice a changed value. */
  readonly authenticates: boolean;
  /** True when a value can be read only under the key of the store that it was written for. */
  readonly binds: boolean;
}

const KEY = "/registry/secrets/default/a";
const VALUES: readonly (readonly [string, Buffer])[] = [
  ["nothing", Buffer.alloc(0)],
  ["one byte", Buffer.from([0])],
  ["whole blocks", Buffer.alloc(64, "x")],
  ["an object", Buffer.from('{"kind":"Secret","data":{"k":"cGxhaW50ZXh0"}}')],
  ["every byte", Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
  ["a megabyte", Buffer.alloc(1 << 20, "quarterdeck")],
];

/** The suite that every encryption provider passes: call it at the top of a vitest file. */
export function encryptionContract(options: EncryptionContractOptions): void {
  describe(`${options.name} keeps the encryption contract`, () => {
    const started: Lifecycle[] = [];
    let provider: EncryptionProvider;
    const make = async (create: EncryptionContractOptions["create"]): Promise<EncryptionProvider> => {
      const made = await create();
      started.push(made);
      await made.start?.();
      return made;
    };
    const read = async (by: EncryptionProvider, value: Buffer, key = KEY): Promise<Decrypted> => by.decrypt(value, key);
    beforeAll(async () => {
      provider = await make(options.create);
    });
    afterAll(async () => {
      for (const one of started) await one.stop?.();
    });

    it("has a prefix that no object begins with, and that ends with a colon", () => {
      expect(provider.prefix).toMatch(/^k8s:enc:[^:]+:.*:$/);
    });

    it.each(VALUES)("reads %s as it was written, and finds it fresh", async (_what, value) => {
      const written = await provider.encrypt(value, KEY);
      const { value: back, stale } = await read(provider, written);
      expect(back.equals(value)).toBe(true);
      expect(stale).toBe(false);
    });

    it("leaves what it is given alone, and nothing of it in what it writes", async () => {
      const value = Buffer.from("the plain text of a secret, the plain text of a secret");
      const copy = Buffer.from(value);
      const written = await provider.encrypt(value, KEY);
      expect(value.equals(copy)).toBe(true);
      expect(written.includes("plain text")).toBe(false);
      const kept = Buffer.from(written);
      await read(provider, written);
      expect(written.equals(kept)).toBe(true);
    });

    it("never writes the same value alike twice", async () => {
      const value = Buffer.from("the same");
      const written = await Promise.all(Array.from({ length: 64 }, async () => provider.encrypt(value, KEY)));
      expect(new Set(written.map((one) => one.toString("base64"))).size).toBe(64);
    });

    it("reads nothing of another key", async () => {
      const other = await make(options.other);
      const written = await other.encrypt(Buffer.from("foreign"), KEY);
      await expect(read(provider, written)).rejects.toThrow();
    });

    it.each([0, 1, 15, 16, 40])("refuses %i bytes of anything", async (length) => {
      await expect(read(provider, Buffer.alloc(length, 7))).rejects.toThrow();
    });

    it.skipIf(!options.authenticates)("refuses a value of which a bit was changed", async () => {
      const written = await provider.encrypt(Buffer.from("untouched"), KEY);
      for (const at of [written.length - 1, written.length - 17, written.length - 20]) {
        const changed = Buffer.from(written);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await expect(read(provider, changed)).rejects.toThrow();
      }
    });

    it.skipIf(!options.binds)("refuses a value that was moved to another key of the store", async () => {
      const written = await provider.encrypt(Buffer.from("stays here"), KEY);
      await expect(read(provider, written, "/registry/secrets/default/b")).rejects.toThrow();
    });

    it.skipIf(options.rotated === undefined)("reads an older key's values, and finds them stale", async () => {
      if (options.rotated === undefined) return;
      const rotated = await make(options.rotated);
      const old = await provider.encrypt(Buffer.from("old"), KEY);
      const found = await read(rotated, old);
      expect([found.value.toString(), found.stale]).toEqual(["old", true]);
      const fresh = await rotated.encrypt(Buffer.from("new"), KEY);
      expect((await read(rotated, fresh)).stale).toBe(false);
      await expect(read(provider, fresh)).rejects.toThrow();
    });
  });
}
