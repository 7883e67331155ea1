import { isJsonObject, type JsonObject, type JsonValue, StatusError } from "@quarterdeck/meta";
import { CBOR_TYPE } from "../cbor/cbor-type.js";
import { decodeCbor } from "../cbor/decode-cbor.js";
import type { ProtobufBody } from "../protobuf/protobuf-body.js";
import { PROTOBUF_TYPE } from "../protobuf/protobuf-type.js";
import { BodyError, jsonDetail, unreadableBody } from "./body-error.js";
import type { DecodedBody } from "./decoded-body.js";
import { parseJson } from "./parse-json.js";
import { parseYamlBody } from "./parse-yaml-body.js";

const ACCEPTED = "application/json, application/yaml";
/** What upstream reads first of a body: Go's name of that struct. */
const TYPE_OF_BODY =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** The forms of a body beside JSON and YAML. */
export interface OtherForms {
  /** Reads the kind from protobuf, if it can be. */
  readonly protobuf?: ProtobufBody | undefined;
  /** The server speaks CBOR. */
  readonly cbor?: boolean | undefined;
}

/** The type without its parameters, in lower case. */
function mediaType(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/**
 * Reads a request body into one JSON object. An empty content type means JSON; the promise is for YAML alone, whose
 * parser is loaded on first use. `kind` is what the resource expects and only words the error; `forms` are
 * those that it may have beside JSON and YAML.
 * 415 UnsupportedMediaType for another type; 400 BadRequest for a body that is malformed, empty, not UTF-8, nested too
 * deeply or not an object.
 */
export function decodeBody(
  contentType: string,
  body: Buffer,
  kind?: string,
  { protobuf, cbor = false }: OtherForms = {},
): DecodedBody | Promise<DecodedBody> {
  const type = contentType === "" || contentType === "application/json" ? "application/json" : mediaType(contentType);
  if (type === "application/json") return decodeJsonBody(body, kind);
  if (type === "application/yaml") return decodeYamlBody(body, kind);
  if (type === PROTOBUF_TYPE && protobuf !== undefined) return protobuf.decode(body);
  if (type === CBOR_TYPE && cbor) return decodeCborBody(body, kind);
  const accepted = [ACCEPTED, ...(protobuf === undefined ? [] : [PROTOBUF_TYPE]), ...(cbor ? [CBOR_TYPE] : [])].join(
    ", ",
  );
  throw StatusError.unsupportedMediaType(
    `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
  );
}

function decodeCborBody(body: Buffer, kind: string | undefined): DecodedBody {
  try {
    const value = decodeCbor(body);
    if (isJsonObject(value)) return { object: value, duplicates: [] };
    throw new BodyError(`cbor: cannot unmarshal ${describe(value)} into an object`);
  } catch (error) {
    if (error instanceof BodyError) throw unreadableBody(error.message, body, kind);
    throw error;
  }
}

function decodeJsonBody(body: Buffer, kind: string | undefined): DecodedBody {
  try {
    const { value, duplicates } = parseJson(body);
    return { object: objectOf(value), duplicates };
  } catch (error) {
    if (error instanceof BodyError) throw unreadableBody(jsonDetail(error.message), body, kind);
    throw error;
  }
}

async function decodeYamlBody(body: Buffer, kind: string | undefined): Promise<DecodedBody> {
  try {
    const { value, duplicates, repeats } = await parseYamlBody(body);
    return { object: objectOf(value, jsonDetail), duplicates, repeats };
  } catch (error) {
    if (error instanceof BodyError) throw unreadableBody(error.message, body, kind);
    throw error;
  }
}

/** `null` is an empty object to Go; anything else is told of in its words. `word` makes the message of the complaint. */
function objectOf(value: JsonValue, word = (complaint: string): string => complaint): JsonObject {
  if (isJsonObject(value)) return value;
  if (value === null) return {};
  throw new BodyError(word(`json: cannot unmarshal ${describe(value)} into Go value of type ${TYPE_OF_BODY}`));
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}
