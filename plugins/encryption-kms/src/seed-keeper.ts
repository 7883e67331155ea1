import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Logger } from "@quarterdeck/sdk";
import type { Clock } from "./clock.js";
import { checkKeyId, checkSeed, encodeSeed, SEED_TYPES } from "./encrypted-object.js";
import type { KeyService, KeyServiceStatus } from "./key-service.js";
import { SeededCipher } from "./value-ciphers.js";

/** A seed that values are written with. */
export interface WriteSeed {
  readonly cipher: SeededCipher;
  readonly keyId: string;
  /** What stands behind the data of each value. */
  readonly encoded: Buffer;
  /** Until when it may be used, in milliseconds since 1970. */
  readonly expires: number;
}

/** The key service does not work, or not as it has to; upstream's words. */
class KeyServiceHealthError extends Error {
  override readonly name = "KeyServiceHealthError";
}

const SECOND = 1000;
/** Upstream's intervals: how often the key service is asked, and how long an answer holds for whoever else asks. */
const POLL = { healthy: 60 * SECOND, unhealthy: 10 * SECOND };
const HOLD = { healthy: 20 * SECOND, unhealthy: 3 * SECOND };
/** For so long values are still written after the last healthy answer. */
const COAST = 180 * SECOND;

function hashOf(keyId: string): string {
  return keyId === "" ? "" : `sha256:${createHash("sha256").update(keyId).digest("hex")}`;
}

/** As Go writes RFC 3339. */
function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Keeps the seed that values are written with: asks the key service once a minute for its key, and takes a new seed when
 * that has changed. While the key service is away the seed is used for three minutes more, and reads go on.
 */
export class SeedKeeper {
  #seed: WriteSeed | undefined;
  #version: string | undefined;
  #checking: Promise<void> | undefined;
  #last: { readonly until: number; readonly failure: unknown } | undefined;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(
    private readonly name: string,
    private readonly service: KeyService,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The seed that was taken last, for reads; undefined while there has been none. */
  get latest(): WriteSeed | undefined {
    return this.#seed;
  }

  /** The seed to write with; throws while there is none that may be used. */
  writable(): WriteSeed {
    const seed = this.#seed;
    if (seed === undefined) throw new KeyServiceHealthError("got unexpected nil transformer");
    const now = this.clock.now();
    if (now <= seed.expires) return seed;
    const times = `expired at ${timeText(seed.expires)} (current time is ${timeText(now)})`;
    throw new KeyServiceHealthError(
      `encryptedDEKSource with keyID hash ${JSON.stringify(hashOf(seed.keyId))} ${times}`,
    );
  }

  /** Asks once and goes on asking; a key service that is not there yet is no reason to fail. */
  async start(): Promise<void> {
    await this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Rejects with what is wrong with the key service; asked by several at once it asks once, and not more often than it has to. */
  async check(): Promise<void> {
    if (this.#last !== undefined && this.clock.now() < this.#last.until) {
      if (this.#last.failure !== undefined) throw this.#last.failure;
      return;
    }
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    await this.#checking;
  }

  async #poll(): Promise<void> {
    let pause = POLL.healthy;
    try {
      await this.check();
    } catch (error) {
      pause = POLL.unhealthy;
      this.logger.warn("the key service failed its check", { provider: this.name, reason: reasonOf(error) });
    }
    if (!this.#stopped) this.#cancel = this.clock.later(() => void this.#poll(), pause);
  }

  async #check(): Promise<void> {
    try {
      await this.#ask();
      this.#last = { until: this.clock.now() + HOLD.healthy, failure: undefined };
    } catch (failure) {
      this.#last = { until: this.clock.now() + HOLD.unhealthy, failure };
      throw failure;
    }
  }

  async #ask(): Promise<void> {
    // What is allowed for a time counts from before the call, so that it is never longer.
    const expires = this.clock.now() + COAST;
    const status = await this.service.status().catch((error: unknown) => {
      const what = `failed to perform status section of the healthz check for KMS Provider ${this.name}`;
      throw new KeyServiceHealthError(`${what}, error: ${reasonOf(error)}`, { cause: error });
    });
    const reasons = this.#reasonsIn(status);
    try {
      checkKeyId(status.keyId);
      await this.#keepUp(status.keyId, expires);
    } catch (error) {
      reasons.push(reasonOf(error));
    }
    if (reasons.length === 0) return;
    const text = reasons.length === 1 ? reasons[0] : `[${reasons.join(", ")}]`;
    throw new KeyServiceHealthError(`kmsv2 Provider ${this.name} is not healthy, error: ${text}`);
  }

  #reasonsIn({ healthz, version }: KeyServiceStatus): string[] {
    const reasons: string[] = [];
    if (healthz !== "ok") reasons.push(`got unexpected healthz status: ${healthz}`);
    if (version !== "v2" && version !== "v2beta1") {
      reasons.push(`expected KMSv2 API version v2, got ${version}`);
      return reasons;
    }
    this.#version ??= version;
    if (version !== this.#version) {
      const what = "KMSv2 API version should not change after the initial status response version";
      reasons.push(`${what} ${this.#version}, got ${version}`);
    }
    return reasons;
  }

  /** Lets the seed live on while the key is the same, else takes a new one. */
  async #keepUp(keyId: string, expires: number): Promise<void> {
    if (this.#seed?.keyId === keyId) {
      this.#seed = { ...this.#seed, expires };
      return;
    }
    const uid = randomUUID();
    const plain = randomBytes(32);
    const hashes = (encryptKeyId: string): string =>
      `statusKeyIDHash=${JSON.stringify(hashOf(keyId))}, encryptKeyIDHash=${JSON.stringify(hashOf(encryptKeyId))}, stateKeyIDHash=${JSON.stringify(hashOf(this.#seed?.keyId ?? ""))}`;
    const failed = (encryptKeyId: string, why: string): KeyServiceHealthError =>
      new KeyServiceHealthError(`failed to rotate DEK uid="${uid}", errGen=${why}, ${hashes(encryptKeyId)}`);
    const encrypted = await this.service.encrypt(uid, plain).catch((error: unknown) => {
      throw failed("", `failed to encrypt DEK, error: ${reasonOf(error)}`);
    });
    const made = { keyId: encrypted.keyId, seed: encrypted.ciphertext, annotations: encrypted.annotations };
    const object = { ...made, seedType: SEED_TYPES.hkdf };
    try {
      checkSeed(object);
    } catch (error) {
      throw failed(made.keyId, reasonOf(error));
    }
    // The key changed between the two answers: the next check sees which one it is.
    if (made.keyId !== keyId) throw failed(made.keyId, "<nil>");
    this.#seed = { cipher: new SeededCipher(plain), keyId, encoded: encodeSeed(object), expires };
    this.logger.info("took a new seed from the key service", { provider: this.name, keyIdHash: hashOf(keyId) });
  }
}
