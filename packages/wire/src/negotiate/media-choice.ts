import { StatusError } from "@quarterdeck/meta";
import type { AcceptClause } from "./accept-clause.js";
import { parseAccept } from "./accept-clause.js";
import type { Representation } from "./representation.js";

/** What an answer is: it decides which transformations a client may ask for. */
export type Purpose = "object" | "list" | "watch" | "document";

/** The part of a representation that the Accept header decides. */
export interface MediaChoice {
  readonly format: Representation["format"];
  readonly view: Representation["view"];
  readonly metaVersion: Representation["metaVersion"];
  readonly pretty: boolean;
}

const FORMATS = ["json", "yaml"] as const;
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
 * transformation that is not served (`as=`, `sv=`, `stream=`) is passed over. 406 NotAcceptable when none is left.
 */
export function chooseMedia(accept: string, purpose: Purpose): MediaChoice {
  if (accept === "") return DEFAULT;
  for (const clause of parseAccept(accept)) {
    for (const format of FORMATS) {
      if (!matches(clause, format)) continue;
      const choice = served(clause, format, purpose);
      if (choice !== undefined) return checked(choice, clause, purpose);
    }
  }
  throw notAcceptable("application/json, application/yaml");
}

function notAcceptable(list: string): StatusError {
  return StatusError.notAcceptable(`only the following media types are accepted: ${list}`);
}

function matches(clause: AcceptClause, format: string): boolean {
  if (clause.type === "*") return clause.subtype === "*";
  return clause.type === "application" && (clause.subtype === "*" || clause.subtype === format);
}

function served(clause: AcceptClause, format: "json" | "yaml", purpose: Purpose): MediaChoice | undefined {
  const stream = clause.parameters.get("stream") ?? "";
  if (stream !== "" && (stream !== "watch" || format === "yaml")) return undefined;
  const serverVersion = clause.parameters.get("sv") ?? "";
  if (serverVersion !== "" && (serverVersion !== "v1" || purpose === "document")) return undefined;
  const plain = { ...DEFAULT, format, pretty: clause.parameters.get("pretty") === "1" };
  const kind = clause.parameters.get("as");
  const group = clause.parameters.get("g");
  const version = clause.parameters.get("v");
  if (kind === undefined && group === undefined && version === undefined) return plain;
  const metaVersion = group === "meta.k8s.io" && version !== undefined ? META_VERSIONS.get(version) : undefined;
  if (metaVersion === undefined || purpose === "document") return undefined;
  if (kind === "Table") return { ...plain, view: "table", metaVersion };
  const partial = kind === "PartialObjectMetadata" || kind === "PartialObjectMetadataList";
  return partial ? { ...plain, view: "partial", metaVersion } : undefined;
}

/** Refuses what upstream finds out only after it has picked the range. */
function checked(choice: MediaChoice, clause: AcceptClause, purpose: Purpose): MediaChoice {
  if (purpose === "watch" && choice.format === "yaml") throw notAcceptable("application/json;stream=watch");
  const kind = clause.parameters.get("as");
  if (purpose === "list" && kind === "PartialObjectMetadata") {
    throw StatusError.notAcceptable("you requested PartialObjectMetadata, but the requested object is a list");
  }
  if (purpose === "object" && kind === "PartialObjectMetadataList") {
    throw StatusError.notAcceptable("you requested PartialObjectMetadataList, but the requested object is not a list");
  }
  return choice;
}
