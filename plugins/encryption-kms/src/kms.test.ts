import { createCipheriv, randomBytes } from "node:crypto";
import { encryptionContract } from "@quarterdeck/testing/encryption-contract";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "./clock.js";
import { encodeObject, encodeSeed, SEED_TYPES } from "./encrypted-object.js";
import { FixtureKeyService } from "./key-service.fixture.js";
import { GrpcKeyService } from "./key-service.js";
import { Envelope, Kms } from "./kms.js";
import { type KmsOptions, keyServiceSettings } from "./kms-options.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const KEY = "/registry/secrets/default/a";
const MINUTE = 60_000;

function options(endpoint: string, more: Partial<KmsOptions> = {}): KmsOptions {
  return { apiVersion: "v2", name: "sample", endpoint, timeout: "3s", ...more };
}

/** A clock that stands until it is moved; what is to happen later happens when it is moved past it. */
class HandClock implements Clock {
  #now = Date.parse("2026-01-01T00:00:00Z");
  #later: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  later(callback: () => void, milliseconds: number): () => void {
    const one = { at: this.#now + milliseconds, callback };
    this.#later.push(one);
    return () => {
      this.#later = this.#later.filter((other) => other !== one);
    };
  }

  /** Moves the clock and tells how many callbacks were due. */
  move(milliseconds: number): number {
    this.#now += milliseconds;
    const due = this.#later.filter(({ at }) => at <= this.#now);
    this.#later = this.#later.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
    return due.length;
  }
}

describe("the provider over gRPC", () => {
  const services: FixtureKeyService[] = [];
  let endpoint = "";
  let other = "";
  beforeAll(async () => {
    services.push(await FixtureKeyService.start(), await FixtureKeyService.start("another secret"));
    [endpoint = "", other = ""] = services.map((one) => one.endpoint);
  });
  afterAll(async () => {
    for (const one of services) await one.stop();
  });
  encryptionContract({
    name: "encryption-kms",
    create: () => new Kms(options(endpoint), logger),
    other: () => new Kms(options(other), logger),
    authenticates: true,
    binds: true,
  });
});

describe("Envelope", () => {
  let service: FixtureKeyService;
  let clock: HandClock;
  let provider: Envelope;
  beforeEach(async () => {
    service = await FixtureKeyService.start();
    clock = new HandClock();
    provider = make();
    await provider.start();
  });
  afterEach(async () => {
    provider.stop();
    await service.stop();
  });

  function make(more: Partial<KmsOptions> = {}): Envelope {
    const settings = keyServiceSettings(options(service.endpoint, more));
    return new Envelope("sample", new GrpcKeyService(settings), logger, clock);
  }

  const write = (text: string) => provider.encrypt(Buffer.from(text), KEY);
  const read = async (value: Buffer, by = provider) => {
    const { value: found, stale } = await by.decrypt(value, KEY);
    return [found.toString(), stale];
  };

  it("asks the key service once for all values of a seed, and not at all for its own", async () => {
    const values = ["a", "b", "c"].map(write);
    for (const value of values) await read(value);
    expect(service.calls).toEqual({ Status: 1, Encrypt: 1, Decrypt: 0 });
    const another = make();
    const found = await Promise.all(values.map((value) => read(value, another)));
    expect(found.map(([text]) => text)).toEqual(["a", "b", "c"]);
    expect(service.calls.Decrypt).toBe(1);
    expect("then" in another.decrypt(values[0] ?? Buffer.alloc(0), KEY)).toBe(false);
    another.stop();
  });

  it("takes a new seed when the key changes, and finds stale what the old one wrote", async () => {
    const old = write("old");
    expect(await read(old)).toEqual(["old", false]);
    service.keyId = "key-2";
    expect(clock.move(MINUTE)).toBe(1);
    await expect.poll(() => service.calls.Encrypt).toBe(2);
    await provider.check();
    expect(await read(old)).toEqual(["old", true]);
    expect(await read(write("new"))).toEqual(["new", false]);
  });

  it("writes for three minutes after the key service went away, and reads on", async () => {
    const value = write("kept");
    service.failure = "no such key";
    clock.move(MINUTE);
    const why =
      "failed to perform status section of the healthz check for KMS Provider sample, error: rpc error: code = Internal desc = no such key";
    await expect(provider.check()).rejects.toThrow(why);
    expect(await read(write("still"))).toEqual(["still", false]);
    clock.move(2 * MINUTE + 1);
    expect(() => write("late")).toThrow(
      /^encryptedDEKSource with keyID hash "sha256:[0-9a-f]{64}" expired at 2026-01-01T00:03:00Z \(current time is 2026-01-01T00:03:00Z\)$/,
    );
    expect(await read(value)).toEqual(["kept", false]);
    service.failure = undefined;
    clock.move(10_000);
    await expect.poll(async () => read(write("again")).catch(() => undefined)).toEqual(["again", false]);
  });

  it("cannot write before the key service was there, and can once it is", async () => {
    service.down();
    const early = make({ timeout: "50ms" });
    await early.start();
    expect(() => early.encrypt(Buffer.from("x"), KEY)).toThrow("got unexpected nil transformer");
    await expect(read(write("x"), early)).rejects.toThrow(
      /^failed to decrypt DEK, error: rpc error: code = DeadlineExceeded desc = /,
    );
    await service.listen();
    await expect
      .poll(
        async () => {
          clock.move(10_000);
          await early.check();
          return early.encrypt(Buffer.from("x"), KEY).length > 0;
        },
        { timeout: 10_000 },
      )
      .toBe(true);
    early.stop();
  });

  it.each([
    [{ healthz: "degraded" }, "got unexpected healthz status: degraded"],
    [{ version: "v1" }, "expected KMSv2 API version v2, got v1"],
    [
      { version: "v2beta1" },
      "KMSv2 API version should not change after the initial status response version v2, got v2beta1",
    ],
    [{ keyId: "" }, "keyID is empty"],
    [{ keyId: "k".repeat(1025) }, "keyID is 1025 bytes, which exceeds the max size of 1024"],
    [{ keyId: "key-2", encryptKeyId: "key-3" }, "failed to rotate DEK"],
    [{ keyId: "key-2", annotations: new Map([["plain", Buffer.from("1")]]) }, "failed to validate annotations"],
  ])("is not healthy when the key service says %j", async (said, why) => {
    Object.assign(service, said);
    clock.move(30_000);
    await expect(provider.check()).rejects.toThrow(why);
    await expect(provider.check()).rejects.toThrow("kmsv2 Provider sample is not healthy");
    expect(await read(write("coasting"))).toEqual(["coasting", false]);
  });

  it("asks for the status no more often than it has to, however many want to know", async () => {
    clock.move(30_000);
    await Promise.all(Array.from({ length: 20 }, () => provider.check()));
    await provider.check();
    expect(service.calls.Status).toBe(2);
  });

  it("reads what upstream wrote with a key instead of a seed, and finds it stale", async () => {
    const key = randomBytes(32);
    const encrypted = await new GrpcKeyService(keyServiceSettings(options(service.endpoint))).encrypt("u", key);
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(KEY));
    const data = Buffer.concat([nonce, cipher.update("older"), cipher.final(), cipher.getAuthTag()]);
    const { keyId, ciphertext: seed, annotations } = encrypted;
    const value = encodeObject(data, encodeSeed({ keyId, seed, annotations, seedType: SEED_TYPES.key }));
    expect(await read(value)).toEqual(["older", true]);
  });
});

describe("the options", () => {
  it.each([
    [{ name: "a:b" }, "name: invalid KMS provider name a:b, must not contain ':'"],
    [{ apiVersion: "v1" }, "apiVersion: KMS v1, which is meant without an apiVersion, is not supported: use v2"],
    [{ apiVersion: "v3" }, "apiVersion: unsupported apiVersion v3 for KMS provider, only v2 is supported"],
    [{ cachesize: 10 }, "cachesize: cachesize is not supported in v2"],
    [{ endpoint: "tcp://host:1" }, 'endpoint: unsupported scheme "tcp" for KMS provider, only unix is supported'],
    [{ endpoint: "unix://relative" }, "endpoint: must be unix:// and the absolute path of a socket"],
    [{ timeout: "3" }, 'timeout: time: invalid duration "3"'],
    [{ timeout: "0s" }, "timeout: timeout should be a positive value"],
  ])("%j is refused", (said, message) => {
    expect(() => keyServiceSettings(options("unix:///run/kms.sock", said))).toThrow(message);
  });

  it("are read as Go reads them", () => {
    expect(keyServiceSettings(options("unix:///run/kms.sock", { timeout: "1m1.5s" }))).toEqual({
      name: "sample",
      socket: "/run/kms.sock",
      timeoutMilliseconds: 61_500,
    });
  });
});
