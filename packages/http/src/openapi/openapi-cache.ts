import type { JsonObject } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import { servedGroups } from "../discovery/group-catalogue.js";
import { HashedDocument } from "../discovery/hashed-document.js";
import type { OpenApiInfo } from "./openapi-document.js";
import { openApiV2, openApiV3 } from "./openapi-document.js";

function hashed(document: JsonObject): HashedDocument {
  return new HashedDocument(Buffer.from(JSON.stringify(document)));
}

async function encodeV3(document: HashedDocument): Promise<Buffer> {
  const { encodeOpenApiV3 } = await import("@quarterdeck/wire/protobuf-openapi");
  return encodeOpenApiV3(JSON.parse(document.bytes.toString()));
}

/** The OpenAPI documents, each made when first asked for and kept as bytes. */
export class OpenApiCache {
  #v2: HashedDocument | undefined;
  #v2Protobuf: Promise<Buffer> | undefined;
  readonly #v3Protobuf = new Map<string, Promise<Buffer>>();
  #v3: ReadonlyMap<string, HashedDocument> | undefined;
  #index: HashedDocument | undefined;

  constructor(
    private readonly descriptors: readonly ResourceDescriptor[],
    private readonly info: OpenApiInfo,
  ) {}

  /** `/openapi/v2`. */
  v2(): HashedDocument {
    this.#v2 ??= hashed(openApiV2(servedGroups(this.descriptors), this.info));
    return this.#v2;
  }

  /** `/openapi/v2` as gnostic's protobuf message; the encoder is loaded for the first client that asks. */
  v2Protobuf(): Promise<Buffer> {
    this.#v2Protobuf ??= this.#encodeV2();
    return this.#v2Protobuf;
  }

  /** `/openapi/v3`: where the documents are. */
  index(): HashedDocument {
    if (this.#index === undefined) {
      const paths: JsonObject = {};
      for (const [name, document] of this.#documents()) {
        paths[name] = { serverRelativeURL: this.address(name, document) };
      }
      this.#index = hashed({ paths });
    }
    return this.#index;
  }

  /** `/openapi/v3/<name>`, where the name is `api/v1` or `apis/<group>/<version>`. */
  v3(name: string): HashedDocument | undefined {
    return this.#documents().get(name);
  }

  /** The same document as gnostic's protobuf message; the encoder is loaded for the first client that asks. */
  v3Protobuf(name: string, document: HashedDocument): Promise<Buffer> {
    let bytes = this.#v3Protobuf.get(name);
    if (bytes === undefined) {
      bytes = encodeV3(document);
      this.#v3Protobuf.set(name, bytes);
    }
    return bytes;
  }

  /** The address of a document in this state: it changes with the document, so that clients may keep what they got. */
  address(name: string, { hash }: HashedDocument): string {
    return `/openapi/v3/${name}?hash=${hash}`;
  }

  #documents(): ReadonlyMap<string, HashedDocument> {
    if (this.#v3 === undefined) {
      const documents = new Map<string, HashedDocument>();
      for (const group of servedGroups(this.descriptors)) {
        for (const version of group.versions) {
          documents.set(version.path.slice(1), hashed(openApiV3(group.name, version, this.info)));
        }
      }
      this.#v3 = documents;
    }
    return this.#v3;
  }

  async #encodeV2(): Promise<Buffer> {
    const { encodeOpenApiV2 } = await import("@quarterdeck/wire/protobuf-openapi");
    return encodeOpenApiV2(openApiV2(servedGroups(this.descriptors), this.info));
  }
}
