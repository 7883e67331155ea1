import type { JsonObject } from "@quarterdeck/meta";
import type { RequestContext } from "@quarterdeck/sdk";
import type { AcceptClause } from "@quarterdeck/wire";
import {
  API_GROUP_DISCOVERY_LIST,
  CBOR_TYPE,
  encodeCbor,
  encodeYaml,
  PROTOBUF_TYPE,
  sealObject,
} from "@quarterdeck/wire";
import { acceptsType } from "./accepts-type.js";
import { apiGroupDiscoveryList } from "./aggregated-discovery.js";
import type { ServedGroup } from "./group-catalogue.js";
import { HashedDocument, sendHashed } from "./hashed-document.js";

const GROUP = "apidiscovery.k8s.io";
const KIND = "APIGroupDiscoveryList";

type Encode = (document: JsonObject) => Buffer;

/** How the document is written in each media type, in the order in which a range such as `*` picks one. */
const ENCODERS: ReadonlyMap<string, Encode> = new Map<string, Encode>([
  ["application/json", (document) => Buffer.from(`${JSON.stringify(document)}\n`)],
  ["application/yaml", (document) => Buffer.from(encodeYaml(document))],
  [PROTOBUF_TYPE, (document) => sealObject(API_GROUP_DISCOVERY_LIST, document)],
  [CBOR_TYPE, encodeCbor],
]);
const MEDIA_TYPES = [...ENCODERS.keys()];

/** What a range of an Accept header asks for at `/api` and `/apis`. */
export interface AggregatedRequest {
  readonly version: string;
  readonly mediaType: string;
}

function mediaTypeOf(clause: AcceptClause, cbor: boolean): string | undefined {
  return MEDIA_TYPES.find((candidate) => acceptsType(clause, candidate) && (cbor || candidate !== CBOR_TYPE));
}

/** The aggregated form that a range asks for; undefined when it asks for another one or for none. */
export function aggregatedRequest(clause: AcceptClause, cbor: boolean): AggregatedRequest | undefined {
  const { parameters } = clause;
  if (parameters.get("as") !== KIND || parameters.get("g") !== GROUP) return undefined;
  const version = parameters.get("v");
  const mediaType = mediaTypeOf(clause, cbor);
  return version === undefined || mediaType === undefined ? undefined : { version, mediaType };
}

/** Whether a range takes the document as it was before there was an aggregated one: it asks for no kind. */
export function asksForLegacy(clause: AcceptClause, cbor: boolean): boolean {
  const { parameters } = clause;
  if (parameters.has("as") || parameters.has("g") || parameters.has("v")) return false;
  return mediaTypeOf(clause, cbor) !== undefined;
}

/** An `APIGroupDiscoveryList` in one version; each form is made when first asked for, and kept. */
export class AggregatedDocument {
  readonly #bytes = new Map<string, Buffer>();
  #etag: string | undefined;

  constructor(
    private readonly groups: readonly ServedGroup[],
    private readonly version: string,
  ) {}

  /** Answers with the document, or with 304 to a client that has it. */
  send(context: RequestContext, mediaType: AggregatedRequest["mediaType"]): void | Promise<void> {
    this.#etag ??= new HashedDocument(this.#encoded("application/json")).etag;
    const contentType = `${mediaType};g=${GROUP};v=${this.version};as=${KIND}`;
    const headers = { "Content-Type": contentType, "Cache-Control": "public" };
    return sendHashed(context, this.#etag, headers, this.#encoded(mediaType));
  }

  #encoded(mediaType: string): Buffer {
    let bytes = this.#bytes.get(mediaType);
    if (bytes === undefined) {
      const document = apiGroupDiscoveryList(this.groups, `${GROUP}/${this.version}`);
      bytes = ENCODERS.get(mediaType)?.(document) ?? Buffer.alloc(0);
      this.#bytes.set(mediaType, bytes);
    }
    return bytes;
  }
}
