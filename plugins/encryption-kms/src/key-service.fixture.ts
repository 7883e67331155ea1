import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { bytesField, Fields, mapField } from "./protobuf.js";

const ANNOTATIONS = new Map([["version.encryption.example.com", Buffer.from("1")]]);

type Handler = (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => void;

/** A key service on a unix socket, by gRPC. What it says can be changed while it runs. */
export class FixtureKeyService {
  keyId = "key-1";
  /** The key that encrypts, when that is not what the status tells. */
  encryptKeyId: string | undefined;
  healthz = "ok";
  version = "v2";
  /** Answered to every call while it is set. */
  failure: string | undefined;
  annotations: ReadonlyMap<string, Buffer> = ANNOTATIONS;
  readonly calls = { Status: 0, Encrypt: 0, Decrypt: 0 };
  #server: Server | undefined;

  private constructor(
    private readonly folder: string,
    private readonly secret: string,
  ) {}

  /** @param secret What its keys are made of, beside their IDs. */
  static async start(secret = "secret"): Promise<FixtureKeyService> {
    const service = new FixtureKeyService(await mkdtemp(join(tmpdir(), "quarterdeck-kms-")), secret);
    await service.listen();
    return service;
  }

  get endpoint(): string {
    return `unix://${join(this.folder, "kms.sock")}`;
  }

  /** Listens, again after {@link down}. */
  async listen(): Promise<void> {
    const server = new Server();
    const method = (name: keyof FixtureKeyService["calls"], make: (request: Fields) => Buffer): Handler => {
      return ({ request }, answer) => {
        this.calls[name]++;
        if (this.failure !== undefined) return answer({ code: status.INTERNAL, details: this.failure });
        try {
          answer(null, make(new Fields(request)));
        } catch (error) {
          answer({ code: status.UNKNOWN, details: String(error) });
        }
      };
    };
    const bytes = (value: Buffer): Buffer => value;
    const codec = {
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    };
    const definition = (name: string) => {
      return { path: `/v2.KeyManagementService/${name}`, requestStream: false, responseStream: false, ...codec };
    };
    server.addService(
      { Status: definition("Status"), Encrypt: definition("Encrypt"), Decrypt: definition("Decrypt") },
      {
        Status: method("Status", () => this.#status()),
        Encrypt: method("Encrypt", (request) => this.#encrypt(request)),
        Decrypt: method("Decrypt", (request) => this.#decrypt(request)),
      },
    );
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(this.endpoint.replace("unix://", "unix:"), ServerCredentials.createInsecure(), (error) =>
        error === null ? resolve() : reject(error),
      );
    });
    this.#server = server;
  }

  /** Breaks all connections and takes no more. */
  down(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  async stop(): Promise<void> {
    this.down();
    await rm(this.folder, { recursive: true, force: true });
  }

  #status(): Buffer {
    return Buffer.concat([bytesField(1, this.version), bytesField(2, this.healthz), bytesField(3, this.keyId)]);
  }

  #encrypt(request: Fields): Buffer {
    const keyId = this.encryptKeyId ?? this.keyId;
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#keyOf(keyId), nonce);
    const sealed = Buffer.concat([nonce, cipher.update(request.bytes(1)), cipher.final(), cipher.getAuthTag()]);
    return Buffer.concat([bytesField(1, sealed), bytesField(2, keyId), mapField(3, this.annotations)]);
  }

  #decrypt(request: Fields): Buffer {
    if (request.map(4).get("version.encryption.example.com")?.toString() !== "1") throw new Error("other annotations");
    const sealed = request.bytes(1);
    const decipher = createDecipheriv("aes-256-gcm", this.#keyOf(request.text(3)), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(-16));
    return bytesField(1, Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]));
  }

  #keyOf(keyId: string): Buffer {
    return createHash("sha256").update(`${this.secret} ${keyId}`).digest();
  }
}
