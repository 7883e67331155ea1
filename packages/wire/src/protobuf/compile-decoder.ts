import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { isJsonObject, setOwn } from "@quarterdeck/meta";
import type { FieldShape, MessageShape } from "@quarterdeck/sdk";
import { ProtobufError } from "./protobuf-error.js";
import { type ProtobufReader, WIRE } from "./protobuf-reader.js";
import { SCALAR_READERS, type ValueReader } from "./value-reader.js";
import { variantReader } from "./variant.js";

/** Reads the fields up to the reader's limit into `target`, over what is there. Throws {@link ProtobufError}. */
export type DecodeMessage = (reader: ProtobufReader, target: JsonObject) => void;

/** The greatest number of a field in the kinds of Kubernetes is far below. */
const MAX_HOLES = 1000;

type DecodeField = (reader: ProtobufReader, target: JsonObject) => void;

const GO_NAMES: ReadonlyMap<string, string> = new Map([
  ["uid", "UID"],
  ["apiVersion", "APIVersion"],
]);

function goName(name: string): string {
  return GO_NAMES.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1);
}

function wrongType(reader: ProtobufReader, name: string): ProtobufError {
  return new ProtobufError(`proto: wrong wireType = ${reader.wireType} for field ${goName(name)}`);
}

/** Structs to Go, which are written to JSON whatever they hold. */
const STRUCTS: ReadonlySet<FieldShape["value"]> = new Set(["int-or-string", "quantity", "json"]);

function hasFields(message: JsonObject): boolean {
  for (const _ in message) return true;
  return false;
}

function own(target: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(target, name) ? target[name] : undefined;
}

function messageReader(message: MessageShape): ValueReader {
  const decode = compileDecoder(message);
  const read = (reader: ProtobufReader): JsonObject => {
    const target: JsonObject = {};
    const outer = reader.enter();
    decode(reader, target);
    reader.leave(outer);
    return target;
  };
  return { wireType: WIRE.bytes, read, empty: () => ({}) };
}

function valueReader({ value }: FieldShape): ValueReader {
  if (typeof value === "string") return SCALAR_READERS[value];
  return "variant" in value ? variantReader(value.variant, messageReader(value.schema)) : messageReader(value);
}

/** A value that stands once; of several the last one counts. */
function decodeOne(field: FieldShape): DecodeField {
  const { name } = field;
  const { wireType, read } = valueReader(field);
  const omits = field.zero === "omit" && !STRUCTS.has(field.value);
  return (reader, target) => {
    if (reader.wireType !== wireType) throw wrongType(reader, name);
    const value = read(reader);
    if (value !== null && (value || !omits)) target[name] = value;
    else if (Object.hasOwn(target, name)) delete target[name];
  };
}

/** A message that stands once; several are merged, as protobuf has it. */
function decodeNested(field: FieldShape, message: MessageShape): DecodeField {
  const { name } = field;
  const omits = field.zero === "omit";
  const decode = compileDecoder(message);
  return (reader, target) => {
    if (reader.wireType !== WIRE.bytes) throw wrongType(reader, name);
    const known = own(target, name);
    const value = isJsonObject(known) ? known : {};
    const outer = reader.enter();
    decode(reader, value);
    reader.leave(outer);
    if (!omits || hasFields(value)) target[name] = value;
    else if (known !== undefined) delete target[name];
  };
}

function decodeList(field: FieldShape): DecodeField {
  const { name } = field;
  const { wireType, read } = valueReader(field);
  return (reader, target) => {
    const packed = reader.wireType === WIRE.bytes && wireType !== WIRE.bytes;
    if (!packed && reader.wireType !== wireType) throw wrongType(reader, name);
    const known = own(target, name);
    const list = Array.isArray(known) ? known : [];
    if (packed) {
      const outer = reader.enter();
      while (!reader.done) list.push(read(reader));
      reader.leave(outer);
    } else list.push(read(reader));
    if (list.length > 0) target[name] = list;
  };
}

/** Reads one entry of a map into it. */
function decodeEntry(name: string, { wireType, read, empty }: ValueReader): DecodeField {
  const message = goName(name);
  return (reader, map) => {
    let key = "";
    let value: JsonValue | undefined;
    while (reader.next(message)) {
      if (reader.number > 2) {
        reader.skip();
        continue;
      }
      const isKey = reader.number === 1;
      if (reader.wireType !== (isKey ? WIRE.bytes : wireType)) throw wrongType(reader, name);
      if (isKey) key = reader.string();
      else value = read(reader);
    }
    setOwn(map, key, value ?? empty());
  };
}

function decodeMap(field: FieldShape): DecodeField {
  const { name } = field;
  const decode = decodeEntry(name, valueReader(field));
  return (reader, target) => {
    if (reader.wireType !== WIRE.bytes) throw wrongType(reader, name);
    const known = own(target, name);
    const map = isJsonObject(known) ? known : {};
    const outer = reader.enter();
    decode(reader, map);
    reader.leave(outer);
    target[name] = map;
  };
}

/** A message whose fields stand in its parent. */
function decodeInline({ name }: FieldShape, message: MessageShape): DecodeField {
  const decode = compileDecoder(message);
  return (reader, target) => {
    if (reader.wireType !== WIRE.bytes) throw wrongType(reader, name);
    const outer = reader.enter();
    decode(reader, target);
    reader.leave(outer);
  };
}

function decodeField(field: FieldShape): DecodeField {
  const { value, repeat, inline } = field;
  if (repeat === "list") return decodeList(field);
  if (repeat === "map") return decodeMap(field);
  if (typeof value === "string" || "variant" in value) return decodeOne(field);
  return inline ? decodeInline(field, value) : decodeNested(field, value);
}

/** The fields by their numbers; one that is far greater than the others makes it a table of few keys, not of many holes. */
type FieldTable = { readonly [number: number]: DecodeField };

function fieldTable(message: MessageShape): FieldTable {
  const greatest = message.fields.at(-1)?.number ?? 0;
  const table: DecodeField[] | { [number: number]: DecodeField } = greatest <= MAX_HOLES ? [] : {};
  for (const field of message.fields) table[field.number] = decodeField(field);
  return table;
}

const decoders = new WeakMap<MessageShape, DecodeMessage>();

/**
 * The decoder of a message to the JSON form of its kind, compiled when it is first used: messages may contain themselves,
 * which the reader's limit on depth ends, and are shared between kinds. Fields that the shape does not have are skipped; empty
 * values of `omit` fields are left out.
 */
export function compileDecoder(message: MessageShape): DecodeMessage {
  const known = decoders.get(message);
  if (known !== undefined) return known;
  const { name } = message;
  let fields: FieldTable | undefined;
  const decoder: DecodeMessage = (reader, target) => {
    fields ??= fieldTable(message);
    while (reader.next(name)) {
      const decode = fields[reader.number];
      if (decode === undefined) reader.skip();
      else decode(reader, target);
    }
  };
  decoders.set(message, decoder);
  return decoder;
}
