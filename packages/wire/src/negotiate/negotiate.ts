import { StatusError } from "@quarterdeck/meta";
import type { RequestContext } from "@quarterdeck/sdk";
import { CBOR_SEQUENCE_TYPE, CBOR_TYPE } from "../cbor/cbor-type.js";
import { PROTOBUF_TYPE } from "../protobuf/protobuf-type.js";
import { acceptsGzip } from "./accepts-gzip.js";
import type { MediaChoice, Purpose } from "./media-choice.js";
import { chooseMedia } from "./media-choice.js";
import type { Representation } from "./representation.js";

/** Accept headers are few in practice; a client that makes up new ones only empties the table. */
const MAX_CACHED = 512;
const HUMAN_AGENT = /^(?:curl|Wget|Mozilla\/5\.0)/;
const TRUE = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const INCLUDE_OBJECT = ["None", "Metadata", "Object"] as const;

/** An Accept header that was read before, and the representations made from it, by their variant number. */
interface Negotiated {
  readonly choice: MediaChoice;
  readonly variants: (Representation | undefined)[];
}

type Tables = { readonly [purpose in Purpose]: Map<string, Negotiated> };

function emptyTables(): Tables {
  return { object: new Map(), list: new Map(), watch: new Map(), document: new Map() };
}

/** By whether there is a protobuf form (1) and CBOR is spoken (2). */
const tables: readonly Tables[] = [emptyTables(), emptyTables(), emptyTables(), emptyTables()];

/**
 * How the answer to a request is written, from Accept, Accept-Encoding, User-Agent, `?pretty` and `?includeObject`.
 * 406 NotAcceptable when no accepted media type is served, 400 BadRequest for an unknown `includeObject` of a table.
 * `protobuf` says that what is answered has a protobuf form. The result is shared between requests.
 */
export function negotiate(context: RequestContext, purpose: Purpose, protobuf = false): Representation {
  const headers = context.req.headers;
  const accept = headers.accept ?? "";
  const cbor = context.state.servesCbor === true;
  const table = (tables[(protobuf ? 1 : 0) + (cbor ? 2 : 0)] ?? emptyTables())[purpose];
  let negotiated = table.get(accept);
  if (negotiated === undefined) {
    negotiated = { choice: chooseMedia(accept, purpose, { protobuf, cbor }), variants: [] };
    if (table.size >= MAX_CACHED) table.clear();
    table.set(accept, negotiated);
  }
  const { choice, variants } = negotiated;
  const query = context.querystring;
  const gzip = acceptsGzip(headers["accept-encoding"]);
  const pretty = choice.format === "json" && purpose !== "watch" && isPretty(choice, query, headers["user-agent"]);
  const include = choice.view === "table" ? includeObject(query) : 1;
  const variant = include * 4 + (pretty ? 2 : 0) + (gzip ? 1 : 0);
  let representation = variants[variant];
  if (representation === undefined) {
    representation = represent(choice, purpose, INCLUDE_OBJECT[include] ?? "Metadata", pretty, gzip);
    variants[variant] = representation;
  }
  return representation;
}

function represent(
  choice: MediaChoice,
  purpose: Purpose,
  includeObject: Representation["includeObject"],
  pretty: boolean,
  gzip: boolean,
): Representation {
  const { format, view, metaVersion } = choice;
  const shape = view === "object" ? "object" : `${view}:${metaVersion}`;
  const key = `${format}${pretty ? "+pretty" : ""}/${shape}${view === "table" ? `/${includeObject}` : ""}`;
  const contentType = typeOf(format, purpose);
  return Object.freeze({ format, view, metaVersion, includeObject, pretty, gzip, contentType, key });
}

function typeOf(format: Representation["format"], purpose: Purpose): string {
  if (format === "cbor") return purpose === "watch" ? CBOR_SEQUENCE_TYPE : CBOR_TYPE;
  if (format !== "protobuf") return `application/${format}`;
  return purpose === "watch" ? `${PROTOBUF_TYPE};stream=watch` : PROTOBUF_TYPE;
}

function isPretty(choice: MediaChoice, query: string, agent: string | undefined): boolean {
  if (choice.pretty) return true;
  if (query.includes("pretty")) {
    const value = new URLSearchParams(query).get("pretty") ?? "";
    if (value !== "") return TRUE.has(value);
  }
  return agent !== undefined && HUMAN_AGENT.test(agent);
}

function includeObject(query: string): number {
  if (!query.includes("includeObject")) return 1;
  const value = new URLSearchParams(query).get("includeObject") ?? "";
  if (value === "") return 1;
  const known: readonly string[] = INCLUDE_OBJECT;
  const found = known.indexOf(value);
  if (found !== -1) return found;
  throw StatusError.badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(value)}: ` +
      "must be 'Metadata', 'Object', 'None', or empty",
  );
}
