import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import type { FieldShape, MessageShape, ScalarShape, VariantShape } from "@quarterdeck/sdk";
import type { Random } from "../process/random.js";

const TEXTS = [
  "",
  "a",
  "default",
  "größer",
  "日本語",
  "x".repeat(39),
  "y".repeat(200),
  "🙂 and \ufffd",
  "tab\t<&>",
] as const;
const QUANTITIES = ["0", "100m", "1", "1500m", "1Ki", "16Gi", "2k", "3"] as const;
const TIMES = ["2026-01-02T03:04:05Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "0001-01-01T00:00:01Z"] as const;
const MICRO_TIMES = [
  "2026-01-02T03:04:05.123456Z",
  "2026-01-02T03:04:05.000000Z",
  "1960-02-29T23:59:59.999999Z",
] as const;
const DURATIONS = ["0s", "1m30s", "1h0m0s", "-1.5s"] as const;
const INT_32 = [0, 1, -1, 127, 128, 65_536, 2 ** 31 - 1, -(2 ** 31)] as const;
const INT_64 = [...INT_32, 2 ** 32, 2 ** 40 + 1, 2 ** 53 - 1, -(2 ** 53) + 1] as const;
/** What an object may hold: messages that contain themselves have an end. */
const MAX_MESSAGES = 150;

/** Objects with the fields of messages, in the forms in which the server keeps them; `density` of 1 sets every field. */
export class RandomMessages {
  #messages = 0;

  constructor(
    private readonly random: Random,
    private readonly density: number,
  ) {}

  /** A new object. */
  root(message: MessageShape): JsonObject {
    this.#messages = 0;
    return this.object(message, 0);
  }

  private object(message: MessageShape, depth: number): JsonObject {
    const object: JsonObject = {};
    const full = ++this.#messages > MAX_MESSAGES;
    for (const field of message.fields) {
      if ((full && typeof field.value === "object") || !this.random.chance(this.density)) continue;
      if (field.inline && isMessage(field.value)) Object.assign(object, this.object(field.value, depth + 1));
      else object[field.name] = this.#field(field, depth);
    }
    return object;
  }

  #field({ value, repeat }: FieldShape, depth: number): JsonValue {
    if (repeat === "one") return this.#value(value, depth);
    const count = 1 + this.random.below(depth > 4 ? 1 : 3);
    const values = Array.from({ length: count }, () => this.#value(value, depth));
    if (repeat === "list") return values;
    return Object.fromEntries(
      values.map((one, index) => [this.random.pick(["k", "é", "K.x/y", "10", "9"]) + index, one]),
    );
  }

  #value(value: FieldShape["value"], depth: number): JsonValue {
    if (typeof value === "string") return this.#scalar(value);
    return "variant" in value ? this.#variant(value, depth) : this.object(value, depth + 1);
  }

  #variant({ variant, schema }: VariantShape, depth: number): JsonValue {
    if (this.random.chance(0.5)) return this.object(schema, depth + 1);
    if (variant === "or-bool") return this.random.chance(0.5);
    return variant === "or-array" ? [this.object(schema, depth + 1)] : ["a", ""];
  }

  #scalar(shape: ScalarShape): JsonValue {
    const { random } = this;
    switch (shape) {
      case "string":
        return random.pick(TEXTS);
      case "bytes":
        return Buffer.from(random.pick(TEXTS.slice(1))).toString("base64");
      case "int32":
        return random.pick(INT_32);
      case "int64":
        return random.pick(INT_64);
      case "bool":
        return random.chance(0.5);
      case "double":
      case "float":
        return random.pick([0, 0.5, -1.25, 1024]);
      case "time":
        return random.pick(TIMES);
      case "micro-time":
      case "any-time":
        return random.pick(MICRO_TIMES);
      case "quantity":
        return random.pick(QUANTITIES);
      case "int-or-string":
        return random.pick([0, 8080, -1, "http", "25%", ""]);
      case "duration":
        return random.pick(DURATIONS);
      case "strings":
        return ["a", ""].slice(random.below(2));
      case "json":
        return random.pick([{ a: [1, "é", null] }, { kind: "Thing", apiVersion: "v1" }]);
    }
  }
}

function isMessage(value: FieldShape["value"]): value is MessageShape {
  return typeof value === "object" && !("variant" in value);
}
