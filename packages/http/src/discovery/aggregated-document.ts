import type { RequestContext } from "@quarterdeck/sdk";
import type { AcceptClause } from "@quarterdeck/wire";
import { encodeYaml } from "@quarterdeck/wire";
import { acceptsType } from "./accepts-type.js";
import { apiGroupDiscoveryList } from "./aggregated-discovery.js";
import type { ServedGroup } from "./group-catalogue.js";
import { HashedDocument, sendHashed } from "./hashed-document.js";

const GROUP = "apidiscovery.k8s.io";
const KIND = "APIGroupDiscoveryList";
const MEDIA_TYPES = ["application/json", "application/yaml"] as const;

/** What a range of an Accept header asks for at `/api` and `/apis`. */
export interface AggregatedRequest {
  readonly version: string;
  readonly mediaType: (typeof MEDIA_TYPES)[number];
}

/** The aggregated form that a range asks for; undefined when it asks for another one or for none. */
export function aggregatedRequest(clause: AcceptClause): AggregatedRequest | undefined {
  const { parameters } = clause;
  if (parameters.get("as") !== KIND || parameters.get("g") !== GROUP) return undefined;
  const version = parameters.get("v");
  const mediaType = MEDIA_TYPES.find((candidate) => acceptsType(clause, candidate));
  return version === undefined || mediaType === undefined ? undefined : { version, mediaType };
}

/** Whether a range takes the document as it was before there was an aggregated one: it asks for no kind. */
export function asksForLegacy(clause: AcceptClause): boolean {
  const { parameters } = clause;
  if (parameters.has("as") || parameters.has("g") || parameters.has("v")) return false;
  return MEDIA_TYPES.some((mediaType) => acceptsType(clause, mediaType));
}

/** An `APIGroupDiscoveryList` in one version; each form is made when first asked for, and kept. */
export class AggregatedDocument {
  #json: HashedDocument | undefined;
  #yaml: Buffer | undefined;

  constructor(
    private readonly groups: readonly ServedGroup[],
    private readonly version: string,
  ) {}

  /** Answers with the document, or with 304 to a client that has it. */
  send(context: RequestContext, mediaType: AggregatedRequest["mediaType"]): void | Promise<void> {
    this.#json ??= new HashedDocument(Buffer.from(`${JSON.stringify(this.#make())}\n`));
    let { bytes } = this.#json;
    if (mediaType === "application/yaml") {
      this.#yaml ??= Buffer.from(encodeYaml(this.#make()));
      bytes = this.#yaml;
    }
    const contentType = `${mediaType};g=${GROUP};v=${this.version};as=${KIND}`;
    return sendHashed(context, this.#json.etag, { "Content-Type": contentType, "Cache-Control": "public" }, bytes);
  }

  #make(): object {
    return apiGroupDiscoveryList(this.groups, `${GROUP}/${this.version}`);
  }
}
