import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import type { KeyServiceSettings } from "./kms-options.js";
import { bytesField, Fields, mapField } from "./protobuf.js";

/** What a key service says about itself. */
export interface KeyServiceStatus {
  readonly version: string;
  readonly healthz: string;
  readonly keyId: string;
}

/** A seed that the key service encrypted, with what it wants back to decrypt it. */
export interface EncryptedSeed {
  readonly ciphertext: Buffer;
  readonly keyId: string;
  readonly annotations: ReadonlyMap<string, Buffer>;
}

/** The calls of the KMS v2 API; `uid` names a call in the logs of both sides. */
export interface KeyService {
  status(): Promise<KeyServiceStatus>;
  encrypt(uid: string, plaintext: Buffer): Promise<EncryptedSeed>;
  decrypt(uid: string, seed: EncryptedSeed): Promise<Buffer>;
  close(): void;
}

/** A call failed; the text is that of Go's gRPC. */
class KeyServiceError extends Error {
  override readonly name = "KeyServiceError";

  constructor({ code, details }: ServiceError) {
    const name = (status[code] ?? "UNKNOWN")
      .toLowerCase()
      .replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    super(`rpc error: code = ${name} desc = ${details}`);
  }
}

/** A key service behind a unix socket, by gRPC. A call waits for the connection as long as it may take. */
export class GrpcKeyService implements KeyService {
  readonly #client: Client;

  constructor(private readonly settings: KeyServiceSettings) {
    this.#client = new Client(`unix:${settings.socket}`, credentials.createInsecure(), {
      "grpc.default_authority": "localhost",
      "grpc.initial_reconnect_backoff_ms": 200,
      "grpc.max_reconnect_backoff_ms": 5000,
    });
  }

  status(): Promise<KeyServiceStatus> {
    return this.#call("Status", Buffer.alloc(0), (fields) => {
      return { version: fields.text(1), healthz: fields.text(2), keyId: fields.text(3) };
    });
  }

  encrypt(uid: string, plaintext: Buffer): Promise<EncryptedSeed> {
    const request = Buffer.concat([bytesField(1, plaintext), bytesField(2, uid)]);
    return this.#call("Encrypt", request, (fields) => {
      return { ciphertext: fields.bytes(1), keyId: fields.text(2), annotations: fields.map(3) };
    });
  }

  decrypt(uid: string, { ciphertext, keyId, annotations }: EncryptedSeed): Promise<Buffer> {
    const parts = [bytesField(1, ciphertext), bytesField(2, uid), bytesField(3, keyId), mapField(4, annotations)];
    return this.#call("Decrypt", Buffer.concat(parts), (fields) => fields.bytes(1));
  }

  close(): void {
    this.#client.close();
  }

  #call<T>(method: string, request: Buffer, read: (fields: Fields) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest<Buffer, T>(
        `/v2.KeyManagementService/${method}`,
        (message) => message,
        (message) => read(new Fields(message)),
        request,
        new Metadata({ waitForReady: true }),
        { deadline: Date.now() + this.settings.timeoutMilliseconds },
        (error, answer) => {
          if (error !== null) reject(new KeyServiceError(error));
          else if (answer === undefined) reject(new TypeError("a call was answered with nothing"));
          else resolve(answer);
        },
      );
    });
  }
}
