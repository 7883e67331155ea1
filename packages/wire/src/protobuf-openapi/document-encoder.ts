import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import protobuf from "protobufjs/minimal.js";
import type { FieldKind, MessageShape, MessageShapes } from "./message-shape.js";

/** An OpenAPI document with a part that has no place in the protobuf form. */
export class OpenApiEncodingError extends Error {
  constructor(what: string) {
    super(`OpenAPI document: ${what}`);
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

/** Writes documents as the message `Document` of a package. */
export class DocumentEncoder {
  constructor(private readonly messages: MessageShapes) {}

  /** Throws {@link OpenApiEncodingError} for a key that the protobuf form does not know. */
  encode(document: JsonObject): Buffer {
    const writer = protobuf.Writer.create();
    this.#message(writer, "Document", document, 0);
    const bytes = writer.finish();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #field(writer: protobuf.Writer, field: number, kind: FieldKind, value: JsonValue, depth: number): void {
    if (encodeScalar(writer, field, kind, value)) return;
    tag(writer, field, LENGTH_DELIMITED).fork();
    this.#message(writer, kind, value, depth + 1);
    writer.ldelim();
  }

  #named(writer: protobuf.Writer, field: number, name: string, kind: FieldKind, value: JsonValue, depth: number): void {
    tag(writer, field, LENGTH_DELIMITED).fork();
    tag(writer, 1, LENGTH_DELIMITED).string(name);
    this.#field(writer, 2, kind, value, depth);
    writer.ldelim();
  }

  /** Repeated elements and the members of a choice are written even when empty or false, unlike plain scalars. */
  #item(writer: protobuf.Writer, field: number, kind: FieldKind, value: JsonValue, depth: number): void {
    if (kind === "string") tag(writer, field, LENGTH_DELIMITED).string(String(value));
    else if (kind === "bool") tag(writer, field, 0).bool(value === true);
    else if (kind === "double") tag(writer, field, 1).double(Number(value));
    else this.#field(writer, field, kind, value, depth);
  }

  #structField(
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
    if (repeated === undefined) this.#field(writer, field, kind, value, depth);
    else if (Array.isArray(value)) for (const item of value) this.#item(writer, field, kind, item, depth);
    else throw new OpenApiEncodingError(`${name}.${key} is not a list`);
  }

  #object(
    writer: protobuf.Writer,
    name: string,
    shape: Extract<MessageShape, { form: "struct" | "map" }>,
    object: JsonObject,
    depth: number,
  ): void {
    for (const [key, value] of Object.entries(object)) {
      if (value === undefined) continue;
      if (shape.vendor !== undefined && key.startsWith("x-")) {
        this.#named(writer, shape.vendor, key, "Any", value, depth);
      } else if (shape.form === "map") {
        this.#named(writer, shape.entry, key, shape.value, value, depth);
      } else {
        this.#structField(writer, name, shape, key, value, depth);
      }
    }
  }

  #message(writer: protobuf.Writer, name: string, value: JsonValue, depth: number): void {
    const shape = this.messages[name];
    if (shape === undefined) throw new OpenApiEncodingError(`no message ${name}`);
    if (depth > MAX_DEPTH) throw new OpenApiEncodingError(`nested deeper than ${MAX_DEPTH} messages`);
    if (shape.form === "choice") {
      const chosen = shape.choose(value);
      if (chosen !== undefined) this.#item(writer, ...chosen, value, depth);
    } else if (shape.form === "list") {
      for (const item of Array.isArray(value) ? value : [value]) {
        this.#item(writer, shape.field, shape.item, item, depth);
      }
    } else if (isJsonObject(value)) {
      this.#object(writer, name, shape, value, depth);
    } else {
      throw new OpenApiEncodingError(`${name} is not an object`);
    }
  }
}
