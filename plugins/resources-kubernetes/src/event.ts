import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, Field, Resource, SelectableField } from "@quarterdeck/sdk";

/** Points at an object of any kind. */
export class ObjectReference {
  @Field({ proto: 1, description: "Kind of the object." })
  kind?: string;

  @Field({ proto: 2, description: "Namespace of the object; empty for cluster-scoped kinds." })
  namespace?: string;

  @Field({ proto: 3, description: "Name of the object." })
  name?: string;

  @Field({ proto: 4, description: "uid of the object." })
  uid?: string;

  @Field({ proto: 5, description: "Group and version of the kind." })
  apiVersion?: string;

  @Field({ proto: 6, description: "The state of the object that is meant." })
  resourceVersion?: string;

  @Field({ proto: 7, description: "The part of the object that is meant, such as spec.containers{web}." })
  fieldPath?: string;
}

/** Who reports an event. */
export class EventSource {
  @Field({ proto: 1, description: "The reporting component." })
  component?: string;

  @Field({ proto: 2, description: "The node it runs on." })
  host?: string;
}

/** A repeated event that goes on. */
export class EventSeries {
  @Field({ proto: 1, type: "integer", format: "int32", description: "How often it has been seen." })
  count?: number;

  @Field({ proto: 2, type: "string", format: "date-time", description: "When it was last seen." })
  lastObservedTime?: string;
}

function involved(object: KubeObject): string {
  const { kind, name } = Object(object.involvedObject) as ObjectReference;
  return kind === undefined ? "" : `${kind.toLowerCase()}/${name ?? ""}`;
}

function lastSeen(object: KubeObject): string | undefined {
  const { series, lastTimestamp, firstTimestamp, eventTime } = Object(object) as Event;
  return (
    series?.lastObservedTime ??
    lastTimestamp ??
    firstTimestamp ??
    eventTime ??
    object.metadata.creationTimestamp ??
    undefined
  );
}

function source(object: KubeObject): string {
  const { component, host } = Object(object.source) as EventSource;
  return [component, host].filter((part) => part !== undefined && part !== "").join(", ");
}

/** A report of something that happened to an object; it is kept for an hour. */
@Resource({
  group: "",
  version: "v1",
  kind: "Event",
  shortNames: ["ev"],
  ttlSeconds: 3600,
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
@SelectableField(".source.component")
@SelectableField(".type")
@Column({ name: "Last Seen", type: "date", description: "When it was last seen", value: lastSeen })
@Column({ name: "Type", type: "string", description: "Normal or Warning", jsonPath: ".type" })
@Column({ name: "Reason", type: "string", description: "The cause in one word", jsonPath: ".reason" })
@Column({ name: "Object", type: "string", description: "What it happened to", value: involved })
@Column({
  name: "Subobject",
  type: "string",
  priority: 1,
  description: "The part it happened to",
  jsonPath: ".involvedObject.fieldPath",
})
@Column({ name: "Source", type: "string", priority: 1, description: "Who reports it", value: source })
@Column({ name: "Message", type: "string", description: "The cause in a sentence", jsonPath: ".message" })
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
