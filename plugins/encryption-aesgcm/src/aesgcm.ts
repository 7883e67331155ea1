import { GcmCipher, KeyedEncryption, NamedKeys } from "@quarterdeck/sdk";

/** The options of the plugin. */
export class AesGcmOptions extends NamedKeys {}

/**
 * Upstream's `aesgcm`: AES in GCM mode with random nonces, so that one key must not encrypt more than 200 000 times before
 * another takes its place.
 */
export class AesGcm extends KeyedEncryption {
  constructor({ keys }: AesGcmOptions) {
    super(keys, {
      prefix: "k8s:enc:aesgcm:v1:",
      name: "AES",
      keyBytes: [16, 24, 32],
      cipher: (key) => new GcmCipher(key),
    });
  }
}
