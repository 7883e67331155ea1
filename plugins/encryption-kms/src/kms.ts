import { type Decrypted, type EncryptionProvider, Injectable, type Lifecycle, Logger } from "@quarterdeck/sdk";
import { type Clock, SYSTEM_CLOCK } from "./clock.js";
import { decodeObject, type EncryptedObject, encodeObject, SEED_TYPES } from "./encrypted-object.js";
import { GrpcKeyService, type KeyService } from "./key-service.js";
import { KmsOptions, keyServiceSettings } from "./kms-options.js";
import { OpenerCache } from "./opener-cache.js";
import { SeedKeeper, type WriteSeed } from "./seed-keeper.js";
import type { ValueOpener } from "./value-ciphers.js";

/** The provider over any key service: values are sealed by a seed of this server, and that by the key service. */
export class Envelope implements EncryptionProvider, Lifecycle {
  readonly prefix: string;
  readonly #keeper: SeedKeeper;
  readonly #openers: OpenerCache;
  #kept: WriteSeed | undefined;

  constructor(
    name: string,
    private readonly service: KeyService,
    logger: Logger,
    clock: Clock,
  ) {
    this.prefix = `k8s:enc:kms:v2:${name}:`;
    this.#keeper = new SeedKeeper(name, service, clock, logger);
    this.#openers = new OpenerCache(service, clock);
  }

  /** Takes a first seed; a key service that is not there yet stops nothing but writes. */
  start(): Promise<void> {
    return this.#keeper.start();
  }

  stop(): void {
    this.#keeper.stop();
    this.service.close();
  }

  check(): Promise<void> {
    return this.#keeper.check();
  }

  encrypt(value: Buffer, context: string): Buffer {
    const seed = this.#keeper.writable();
    if (seed !== this.#kept) {
      this.#openers.keep(seed.encoded, seed.cipher);
      this.#kept = seed;
    }
    return encodeObject(seed.cipher.seal(value, context), seed.encoded);
  }

  decrypt(value: Buffer, context: string): Decrypted | Promise<Decrypted> {
    const object = decodeObject(value);
    const opener = this.#openers.of(object);
    if ("then" in opener) return opener.then((late) => this.#open(late, object, context));
    return this.#open(opener, object, context);
  }

  /** A value is stale when the key service has another key by now, or when it is of the older kind. */
  #open(opener: ValueOpener, { data, keyId, seedType }: EncryptedObject, context: string): Decrypted {
    const value = opener.open(data, context);
    const { latest } = this.#keeper;
    return { value, stale: latest !== undefined && (keyId !== latest.keyId || seedType !== SEED_TYPES.hkdf) };
  }
}

/** Upstream's `kms` provider with `apiVersion: v2`: a key service behind a unix socket has the keys. */
@Injectable()
export class Kms extends Envelope {
  constructor(options: KmsOptions, logger: Logger) {
    const settings = keyServiceSettings(options);
    super(settings.name, new GrpcKeyService(settings), logger, SYSTEM_CLOCK);
  }
}
