import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, SelectableField } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as core from "../types/core-v1.js";
import { checkEvent } from "./check-event.js";
import { reporter } from "./event-cells.js";
import { EVENT_COLUMNS } from "./event-columns.js";
import { EVENT_OPTIONS } from "./event-options.js";

/** A report of something that happened to an object, as the core group has it: all events are stored so. */
@Native({ ...EVENT_OPTIONS, group: "", version: "v1", kind: "Event", nameFormat: "path-segment" })
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
@Column(EVENT_COLUMNS.lastSeen)
@Column(EVENT_COLUMNS.type)
@Column(EVENT_COLUMNS.reason)
@Column(EVENT_COLUMNS.object)
@Column(EVENT_COLUMNS.subobject)
@Column(EVENT_COLUMNS.source)
@Column(EVENT_COLUMNS.message)
@Column(EVENT_COLUMNS.firstSeen)
@Column(EVENT_COLUMNS.count)
@Column(EVENT_COLUMNS.name)
export class CoreEvent extends ApiObject {
  involvedObject!: core.Event["involvedObject"];
  reason?: string;
  message?: string;
  source!: core.Event["source"];
  firstTimestamp!: core.Event["firstTimestamp"];
  lastTimestamp!: core.Event["lastTimestamp"];
  count?: number;
  type?: string;
  eventTime!: core.Event["eventTime"];
  series?: core.EventSeries;
  action?: string;
  related?: core.ObjectReference;
  reportingComponent!: string;
  reportingInstance!: string;

  override validate(errors: FieldErrors): void {
    checkEvent(this, this.metadata.namespace ?? "", "reportingComponent", errors);
  }
}
