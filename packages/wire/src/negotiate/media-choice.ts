import { StatusError } from "@quarterdeck/meta";
import { CBOR_SEQUENCE_TYPE, CBOR_TYPE } from "../cbor/cbor-type.js";
import { PROTOBUF_TYPE } from "../protobuf/protobuf-type.js";
import type { AcceptClause } from "./accept-clause.js";
import { parseAccept } from "./accept-clause.js";
import type { Representation } from "./representation.js";

/** What an answer is: it decides which transformations a client may ask for. */
export type Purpose = "object" | "list" | "watch" | "document";

/** What may be answered beside JSON and YAML. */
export interface Offer {
  /** What is answered has a protobuf form. */
  readonly protobuf: boolean;
  /** The server speaks CBOR. */
  readonly cbor: boolean;
}

/** The part of a representation that the Accept header decides. */
export interface MediaChoice {
  readonly format: Representation["format"];
  readonly view: Representation["view"];
  readonly metaVersion: Representation["metaVersion"];
  readonly pretty: boolean;
}

const FORMATS = ["json", "yaml", "protobuf", "cbor"] as const;
const SUBTYPES = { json: "json", yaml: "yaml", protobuf: "vnd.kubernetes.protobuf", cbor: "cbor" } as const;
const JSON_AND_YAML = "application/json, application/yaml";
const ALL = `${JSON_AND_YAML}, ${PROTOBUF_TYPE}`;
const STREAMS = `application/json;stream=watch, ${PROTOBUF_TYPE};stream=watch`;
const META_VERSIONS = new Map([
  ["v1", "meta.k8s.io/v1" as const],
  ["v1beta1", "meta.k8s.io/v1beta1" as const],
]);
const DEFAULT: MediaChoice = Object.freeze({
  format: "json",
  view: "object",
  metaVersion: "meta.k8s.io/v1",
  pretty: false,
});

/**
 * Picks the first media range that can be served, as upstream's `NegotiateMediaTypeOptions` does; a range with a
 * transformation that is not served (`as=`, `sv=`, `stream=`) is passed over, and so is protobuf of what has no message
 * (`protobuf` false), metadata aside, and CBOR where it is not switched on. 406 NotAcceptable when none is left.
 */
export function chooseMedia(accept: string, purpose: Purpose, { protobuf, cbor }: Offer): MediaChoice {
  if (accept === "") return DEFAULT;
  for (const clause of parseAccept(accept)) {
    for (const format of FORMATS) {
      if (!matches(clause, format) || (format === "cbor" && !cbor)) continue;
      const choice = served(clause, format, purpose, protobuf);
      if (choice !== undefined) return checked(choice, clause, purpose, cbor);
    }
  }
  // Upstream names all that any answer of the endpoint may have, an error for one.
  throw notAcceptable(`${purpose === "document" && !protobuf ? JSON_AND_YAML : ALL}${cbor ? `, ${CBOR_TYPE}` : ""}`);
}

function notAcceptable(list: string): StatusError {
  return StatusError.notAcceptable(`only the following media types are accepted: ${list}`);
}

function matches(clause: AcceptClause, format: MediaChoice["format"]): boolean {
  if (clause.type === "*") return clause.subtype === "*";
  return clause.type === "application" && (clause.subtype === "*" || clause.subtype === SUBTYPES[format]);
}

function served(
  clause: AcceptClause,
  format: MediaChoice["format"],
  purpose: Purpose,
  protobuf: boolean,
): MediaChoice | undefined {
  const stream = clause.parameters.get("stream") ?? "";
  if (stream !== "" && (stream !== "watch" || format === "yaml")) return undefined;
  const serverVersion = clause.parameters.get("sv") ?? "";
  if (serverVersion !== "" && (serverVersion !== "v1" || purpose === "document")) return undefined;
  const plain = { ...DEFAULT, format, pretty: clause.parameters.get("pretty") === "1" };
  const transformed = viewOf(clause, format, purpose);
  if (transformed !== "none") return transformed && { ...plain, ...transformed };
  return format === "protobuf" && !protobuf ? undefined : plain;
}

/** The view that a media range asks for by `as=`; "none" without one, undefined for one that is not served. */
function viewOf(
  { parameters }: AcceptClause,
  format: MediaChoice["format"],
  purpose: Purpose,
): Pick<MediaChoice, "view" | "metaVersion"> | "none" | undefined {
  const kind = parameters.get("as");
  const group = parameters.get("g");
  const version = parameters.get("v");
  if (kind === undefined && group === undefined && version === undefined) return "none";
  const metaVersion = group === "meta.k8s.io" && version !== undefined ? META_VERSIONS.get(version) : undefined;
  if (metaVersion === undefined || purpose === "document") return undefined;
  // A Table has no protobuf form.
  if (kind === "Table") return format === "protobuf" ? undefined : { view: "table", metaVersion };
  const partial = kind === "PartialObjectMetadata" || kind === "PartialObjectMetadataList";
  return partial ? { view: "partial", metaVersion } : undefined;
}

/** Refuses what upstream finds out only after it has picked the range. */
function checked(choice: MediaChoice, clause: AcceptClause, purpose: Purpose, cbor: boolean): MediaChoice {
  if (purpose === "watch" && choice.format === "yaml") {
    throw notAcceptable(cbor ? `${STREAMS}, ${CBOR_SEQUENCE_TYPE}` : STREAMS);
  }
  const kind = clause.parameters.get("as");
  if (purpose === "list" && kind === "PartialObjectMetadata") {
    throw StatusError.notAcceptable("you requested PartialObjectMetadata, but the requested object is a list");
  }
  if (purpose === "object" && kind === "PartialObjectMetadataList") {
    throw StatusError.notAcceptable("you requested PartialObjectMetadataList, but the requested object is not a list");
  }
  return choice;
}
