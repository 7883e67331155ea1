import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { Field } from "@quarterdeck/sdk";
import { Limits } from "./limits.js";
import { Notification } from "./notification.js";
import { Source } from "./source.js";
import { Task } from "./task.js";

/** What is to be built, and how: every word of the field vocabulary stands somewhere in here or below. */
export class PipelineSpec {
  @Field({ required: true, description: "Where the source is." })
  source!: Source;

  @Field({
    required: true,
    items: () => Task,
    listType: "map",
    listMapKeys: ["name", "stage"],
    patchMergeKey: "name",
    patchStrategy: "merge",
    minItems: 1,
    maxItems: 50,
    description: "What is done, in order.",
  })
  tasks!: Task[];

  @Field({ default: {}, description: "An empty default object takes the defaults of its own fields." })
  limits!: Limits;

  @Field({
    default: { channel: "builds", events: ["failed"] },
    anyOf: [{ requiredProperties: ["email"] }, { requiredProperties: ["channel"] }],
    description: "A default object may also be written out.",
  })
  notification!: Notification;

  @Field({ type: "integer", format: "int32", minimum: 1, maximum: 64, multipleOf: 2, default: 2, title: "Workers" })
  workers!: number;

  @Field({
    type: "number",
    format: "double",
    minimum: 0,
    exclusiveMinimum: true,
    maximum: 1,
    exclusiveMaximum: true,
    example: 0.5,
    description: "Share of a machine: above nothing, below all.",
  })
  load?: number;

  @Field({ default: false })
  paused!: boolean;

  @Field({
    type: "string",
    format: "duration",
    nullable: true,
    description: "How long it may take; null says that there is no limit, which leaving it out does not.",
  })
  timeout?: string | null;

  @Field({ type: "string", format: "date-time", description: "When it may start." })
  notBefore?: string;

  @Field({
    intOrString: true,
    minimum: 1,
    maximum: 100,
    pattern: "^(100|[1-9]?[0-9])%$",
    default: "25%",
    description:
      "How many workers may be busy with retries: a number or a percentage. A bound is for numbers only, a pattern for texts.",
  })
  retries!: number | string;

  @Field({
    items: { type: "string", format: "hostname" },
    listType: "set",
    description: "Machines that may run it; none stands there twice.",
  })
  machines?: string[];

  @Field({
    items: { type: "integer", format: "int64" },
    listType: "atomic",
    description: "Exit codes that count as success; the list is replaced as a whole.",
  })
  successCodes?: number[];

  @Field({
    additionalProperties: { type: "string", maxLength: 1024 },
    mapType: "granular",
    minProperties: 1,
    maxProperties: 100,
    description: "Variables by name; each may be owned by somebody else.",
  })
  variables?: { [name: string]: string };

  @Field({
    additionalProperties: () => Source,
    mapType: "atomic",
    description: "Further sources by folder; replaced as a whole.",
  })
  extraSources?: { [folder: string]: Source };

  @Field({
    embeddedResource: true,
    preserveUnknownFields: true,
    description: "An object that is made when all is done; it must have apiVersion, kind and metadata.",
  })
  followUp?: JsonObject;

  @Field({ preserveUnknownFields: true, description: "Whatever the tools want to know, of any type." })
  settings?: JsonValue;
}
