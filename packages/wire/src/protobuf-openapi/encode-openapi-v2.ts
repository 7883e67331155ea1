import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import protobuf from "protobufjs/minimal.js";
import type { FieldKind, MessageShape } from "./openapi-v2-messages.js";
import { OPENAPI_V2_MESSAGES } from "./openapi-v2-messages.js";

/** An OpenAPI v2 document with a part that has no place in the protobuf form. */
export class OpenApiEncodingError extends Error {
  constructor(what: string) {
    super(`OpenAPI v2 document: ${what}`);
    this.name = "OpenApiEncodingError";
  }
}

const LENGTH_DELIMITED = 2;
const MAX_DEPTH = 500;

function tag(writer: protobuf.Writer, field: number, wireType: number): protobuf.Writer {
  return writer.uint32((field << 3) | wireType);
}

/** JSON is YAML, but for a few characters that YAML wants escaped and JSON does not. */
function anyYaml(value: JsonValue): string {
  const json = JSON.stringify(value);
  return `${json.replace(/[\u007f-\u009f\ufeff\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

function encodeScalar(writer: protobuf.Writer, field: number, kind: FieldKind, value: JsonValue): boolean {
  if (kind === "string") {
    if (value !== "") tag(writer, field, LENGTH_DELIMITED).string(String(value));
  } else if (kind === "bool") {
    if (value === true) tag(writer, field, 0).bool(true);
  } else if (kind === "int64") {
    if (value !== 0) tag(writer, field, 0).int64(Number(value));
  } else if (kind === "double") {
    if (value !== 0) tag(writer, field, 1).double(Number(value));
  } else if (kind === "Any") {
    tag(writer, field, LENGTH_DELIMITED).fork();
    tag(writer, 2, LENGTH_DELIMITED).string(anyYaml(value));
    writer.ldelim();
  } else {
    return false;
  }
  return true;
}

function encodeField(writer: protobuf.Writer, field: number, kind: FieldKind, value: JsonValue, depth: number): void {
  if (encodeScalar(writer, field, kind, value)) return;
  tag(writer, field, LENGTH_DELIMITED).fork();
  encodeMessage(writer, kind, value, depth + 1);
  writer.ldelim();
}

function encodeNamed(
  writer: protobuf.Writer,
  field: number,
  name: string,
  kind: FieldKind,
  value: JsonValue,
  depth: number,
): void {
  tag(writer, field, LENGTH_DELIMITED).fork();
  tag(writer, 1, LENGTH_DELIMITED).string(name);
  encodeField(writer, 2, kind, value, depth);
  writer.ldelim();
}

/** Repeated elements and the members of a choice are written even when empty or false, unlike plain scalars. */
function encodeItem(writer: protobuf.Writer, field: number, kind: FieldKind, value: JsonValue, depth: number): void {
  if (kind === "string") tag(writer, field, LENGTH_DELIMITED).string(String(value));
  else if (kind === "bool") tag(writer, field, 0).bool(value === true);
  else encodeField(writer, field, kind, value, depth);
}

function encodeStructField(
  writer: protobuf.Writer,
  name: string,
  shape: Extract<MessageShape, { form: "struct" }>,
  key: string,
  value: JsonValue,
  depth: number,
): void {
  const known = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
  if (known === undefined) throw new OpenApiEncodingError(`${name} has no field ${JSON.stringify(key)}`);
  const [field, kind, repeated] = known;
  if (repeated === undefined) encodeField(writer, field, kind, value, depth);
  else if (Array.isArray(value)) for (const item of value) encodeItem(writer, field, kind, item, depth);
  else throw new OpenApiEncodingError(`${name}.${key} is not a list`);
}

function encodeObject(
  writer: protobuf.Writer,
  name: string,
  shape: Extract<MessageShape, { form: "struct" | "map" }>,
  object: JsonObject,
  depth: number,
): void {
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    if (shape.vendor !== undefined && key.startsWith("x-")) {
      encodeNamed(writer, shape.vendor, key, "Any", value, depth);
    } else if (shape.form === "map") {
      encodeNamed(writer, shape.entry, key, shape.value, value, depth);
    } else {
      encodeStructField(writer, name, shape, key, value, depth);
    }
  }
}

function encodeMessage(writer: protobuf.Writer, name: string, value: JsonValue, depth: number): void {
  const shape = OPENAPI_V2_MESSAGES[name];
  if (shape === undefined) throw new OpenApiEncodingError(`no message ${name}`);
  if (depth > MAX_DEPTH) throw new OpenApiEncodingError(`nested deeper than ${MAX_DEPTH} messages`);
  if (shape.form === "choice") {
    const [field, kind] = shape.choose(value);
    encodeItem(writer, field, kind, value, depth);
  } else if (shape.form === "list") {
    for (const item of Array.isArray(value) ? value : [value]) encodeItem(writer, shape.field, shape.item, item, depth);
  } else if (isJsonObject(value)) {
    encodeObject(writer, name, shape, value, depth);
  } else {
    throw new OpenApiEncodingError(`${name} is not an object`);
  }
}

/**
 * A Swagger 2.0 document as gnostic's `openapi.v2.Document`: what a client gets that accepts
 * `application/com.github.proto-openapi.spec.v2@v1.0+protobuf`. Throws {@link OpenApiEncodingError} for a key that
 * the protobuf form does not know.
 */
export function encodeOpenApiV2(document: JsonObject): Buffer {
  const writer = protobuf.Writer.create();
  encodeMessage(writer, "Document", document, 0);
  const bytes = writer.finish();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
