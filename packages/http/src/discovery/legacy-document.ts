import type { RequestContext } from "@quarterdeck/sdk";
import { encodeCbor, encodeYaml, negotiate, sendBytes } from "@quarterdeck/wire";

/** A discovery document of which each form is made when first asked for, and kept. */
export class LegacyDocument {
  readonly #bytes = new Map<string, Buffer>();

  constructor(private readonly make: () => object) {}

  /** Answers in JSON, pretty JSON or YAML; throws 406 NotAcceptable for a client that takes neither. */
  send(context: RequestContext): void | Promise<void> {
    const { format, pretty, contentType, key } = negotiate(context, "document");
    let bytes = this.#bytes.get(key);
    if (bytes === undefined) {
      const document = this.make();
      const json = pretty ? JSON.stringify(document, undefined, 2) : `${JSON.stringify(document)}\n`;
      bytes = format === "cbor" ? encodeCbor(document) : Buffer.from(format === "yaml" ? encodeYaml(document) : json);
      this.#bytes.set(key, bytes);
    }
    return sendBytes(context, 200, { "Content-Type": contentType }, bytes);
  }
}
