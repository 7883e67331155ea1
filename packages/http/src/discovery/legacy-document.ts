import type { JsonObject } from "@quarterdeck/meta";
import type { MessageShape, RequestContext } from "@quarterdeck/sdk";
import { encodeCbor, encodeYaml, negotiate, type Representation, sealObject, sendBytes } from "@quarterdeck/wire";

/** A discovery document of which each form is made when first asked for, and kept. */
export class LegacyDocument {
  readonly #bytes = new Map<string, Buffer>();

  constructor(
    private readonly make: () => JsonObject,
    private readonly message: MessageShape,
  ) {}

  /** Answers in JSON, pretty JSON, YAML, protobuf or CBOR; throws 406 NotAcceptable for a client that takes none. */
  send(context: RequestContext): void | Promise<void> {
    const representation = negotiate(context, "document", true);
    const { contentType, key } = representation;
    let bytes = this.#bytes.get(key);
    if (bytes === undefined) {
      bytes = this.#encode(representation);
      this.#bytes.set(key, bytes);
    }
    return sendBytes(context, 200, { "Content-Type": contentType }, bytes);
  }

  #encode({ format, pretty }: Representation): Buffer {
    const document = this.make();
    if (format === "protobuf") return sealObject(this.message, document);
    if (format === "cbor") return encodeCbor(document);
    if (format === "yaml") return Buffer.from(encodeYaml(document));
    return Buffer.from(pretty ? JSON.stringify(document, undefined, 2) : `${JSON.stringify(document)}\n`);
  }
}
