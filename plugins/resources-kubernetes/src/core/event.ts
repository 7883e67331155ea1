import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, Field, Message, Resource, SelectableField } from "@quarterdeck/sdk";
import { nativeMessage } from "../facts/native-message.js";
import { EVENT_CELLS, reporter } from "./event-cells.js";
import { EventSeries } from "./event-series.js";
import { EventSource } from "./event-source.js";
import { ObjectReference } from "./object-reference.js";

/** A report of something that happened to an object; it is kept for an hour. */
@Message(() => nativeMessage("core/v1.Event"))
@Resource({
  group: "",
  version: "v1",
  kind: "Event",
  shortNames: ["ev"],
  ttlSeconds: 3600,
  createOnUpdate: true,
  garbageCollection: "unsupported",
  defaultColumns: false,
  description: "A report of something that happened to an object; it is kept for an hour.",
})
@SelectableField(".involvedObject.kind")
@SelectableField(".involvedObject.namespace")
@SelectableField(".involvedObject.name")
@SelectableField(".involvedObject.uid")
@SelectableField(".involvedObject.apiVersion")
@SelectableField(".involvedObject.resourceVersion")
@SelectableField(".involvedObject.fieldPath")
@SelectableField(".reason")
@SelectableField(".reportingComponent")
@SelectableField(".source", reporter)
@SelectableField(".type")
@Column({ name: "Last Seen", type: "age", description: "The time since it was last seen", value: EVENT_CELLS.lastSeen })
@Column({ name: "Type", type: "string", description: "Normal or Warning", value: EVENT_CELLS.type })
@Column({ name: "Reason", type: "string", description: "The cause in one word", value: EVENT_CELLS.reason })
@Column({ name: "Object", type: "string", description: "What it happened to", value: EVENT_CELLS.object })
@Column({
  name: "Subobject",
  type: "string",
  priority: 1,
  description: "The part it happened to",
  value: EVENT_CELLS.subobject,
})
@Column({ name: "Source", type: "string", priority: 1, description: "Who reports it", value: EVENT_CELLS.source })
@Column({ name: "Message", type: "string", description: "The cause in a sentence", value: EVENT_CELLS.message })
@Column({
  name: "First Seen",
  type: "age",
  priority: 1,
  description: "The time since it began",
  value: EVENT_CELLS.firstSeen,
})
@Column({ name: "Count", type: "string", priority: 1, description: "How often it was seen", value: EVENT_CELLS.count })
@Column({ name: "Name", type: "string", priority: 1, description: "The name", jsonPath: ".metadata.name" })
export class Event extends ApiObject {
  @Field({ proto: 2, required: true, description: "What it happened to." })
  involvedObject!: ObjectReference;

  @Field({ proto: 3, description: "The cause in one CamelCase word." })
  reason?: string;

  @Field({ proto: 4, description: "The cause in a sentence." })
  message?: string;

  @Field({ proto: 5, description: "Who reports it." })
  source?: EventSource;

  @Field({ proto: 6, type: "string", format: "date-time", description: "When it was first seen." })
  firstTimestamp?: string;

  @Field({ proto: 7, type: "string", format: "date-time", description: "When it was last seen." })
  lastTimestamp?: string;

  @Field({ proto: 8, type: "integer", format: "int32", description: "How often it has been seen." })
  count?: number;

  @Field({ proto: 9, description: "Normal or Warning." })
  type?: string;

  @Field({ proto: 10, type: "string", format: "date-time", description: "When it was first seen, to the microsecond." })
  eventTime?: string;

  @Field({ proto: 11, description: "Set while it repeats." })
  series?: EventSeries;

  @Field({ proto: 12, description: "What was done or failed." })
  action?: string;

  @Field({ proto: 13, description: "A second object that has to do with it." })
  related?: ObjectReference;

  @Field({ proto: 14, description: "The controller that reports it." })
  reportingComponent?: string;

  @Field({ proto: 15, description: "The instance of that controller." })
  reportingInstance?: string;

  override validate(errors: FieldErrors): void {
    const { namespace } = this.involvedObject;
    const own = this.metadata.namespace ?? "";
    const expected = namespace === undefined || namespace === "" ? "default" : namespace;
    if (own !== expected && !(expected === "default" && own === "kube-system")) {
      errors.invalid("involvedObject.namespace", namespace ?? "", "does not match event.namespace");
    }
  }
}
