import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { sameJson } from "../checks/same-json.js";
import { Native } from "../native.js";
import type * as core from "../types/core-v1.js";
import type * as events from "../types/events-v1.js";
import { checkEvent } from "./check-event.js";
import { checkFixed } from "./check-fixed.js";
import { CoreEvent } from "./core-event.js";
import { eventColumns } from "./event-columns.js";
import { fromCore, toCore } from "./event-conversion.js";
import { EVENT_OPTIONS } from "./event-options.js";

function coreForm(event: KubeObject): KubeObject {
  const { kind, apiVersion, metadata } = event;
  return { ...toCore(event), kind, apiVersion, metadata };
}

/** Reads a field of the object that an event is about. */
function regarding(field: string): (event: KubeObject) => string {
  return ({ regarding: about }) => String(Object(about)[field] ?? "");
}

function reporter({ deprecatedSource, reportingController }: KubeObject): string {
  return String(Object(deprecatedSource).component || reportingController || "");
}

const COLUMNS = eventColumns(coreForm);

/** A report of something that happened to an object, as `events.k8s.io` has it; it is an event of the core group. */
@Native({ ...EVENT_OPTIONS, group: "events.k8s.io", version: "v1", kind: "Event", storedAs: () => CoreEvent })
@SelectableField(".involvedObject.kind", regarding("kind"))
@SelectableField(".involvedObject.namespace", regarding("namespace"))
@SelectableField(".involvedObject.name", regarding("name"))
@SelectableField(".involvedObject.uid", regarding("uid"))
@SelectableField(".involvedObject.apiVersion", regarding("apiVersion"))
@SelectableField(".involvedObject.resourceVersion", regarding("resourceVersion"))
@SelectableField(".involvedObject.fieldPath", regarding("fieldPath"))
@SelectableField(".regarding.kind")
@SelectableField(".regarding.namespace")
@SelectableField(".regarding.name")
@SelectableField(".regarding.uid")
@SelectableField(".regarding.apiVersion")
@SelectableField(".regarding.resourceVersion")
@SelectableField(".regarding.fieldPath")
@SelectableField(".reason")
@SelectableField(".reportingComponent", ({ reportingController }) => String(reportingController ?? ""))
@SelectableField(".reportingController")
@SelectableField(".source", reporter)
@SelectableField(".type")
@Column(COLUMNS.lastSeen)
@Column(COLUMNS.type)
@Column(COLUMNS.reason)
@Column(COLUMNS.object)
@Column(COLUMNS.subobject)
@Column(COLUMNS.source)
@Column(COLUMNS.message)
@Column(COLUMNS.firstSeen)
@Column(COLUMNS.count)
@Column(COLUMNS.name)
export class Event extends ApiObject {
  eventTime!: events.Event["eventTime"];
  series?: events.EventSeries;
  reportingController?: string;
  reportingInstance?: string;
  action?: string;
  reason?: string;
  regarding!: events.Event["regarding"];
  related?: core.ObjectReference;
  note?: string;
  type?: string;
  deprecatedSource!: events.Event["deprecatedSource"];
  deprecatedFirstTimestamp!: events.Event["deprecatedFirstTimestamp"];
  deprecatedLastTimestamp!: events.Event["deprecatedLastTimestamp"];
  deprecatedCount?: number;

  static convertFrom(stored: object): object {
    return fromCore(stored);
  }

  override convertTo(): object {
    return toCore(this);
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    const { regarding: involvedObject, reportingController: reportingComponent = "", note: message = "" } = this;
    const { eventTime, reportingInstance = "", action = "", reason = "" } = this;
    const checked = { involvedObject, reportingComponent, message, eventTime, reportingInstance, action, reason };
    checkEvent(checked, this.metadata.namespace ?? "", "reportingController", errors);
    if (operation === "CREATE") checkNew(this, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (!sameJson(this.series, old.series)) checkSeries(this, errors);
    checkFixed(this, old, errors);
  }
}

/** This group refuses what only the older one still takes. */
function checkNew(event: Event, errors: FieldErrors): void {
  checkSeries(event, errors);
  if (event.eventTime === null) errors.required("eventTime");
  const { type = "" } = event;
  if (type !== "Normal" && type !== "Warning") errors.invalid("type", "", `has invalid value: ${type}`);
  const unset = "needs to be unset";
  if (event.deprecatedFirstTimestamp !== null) errors.invalid("firstTimestamp", "", unset);
  if (event.deprecatedLastTimestamp !== null) errors.invalid("lastTimestamp", "", unset);
  if (event.deprecatedCount !== undefined) errors.invalid("count", "", unset);
  const { component = "", host = "" } = event.deprecatedSource;
  if (component !== "" || host !== "") errors.invalid("source", "", unset);
}

function checkSeries({ series }: Event, errors: FieldErrors): void {
  if (series === undefined) return;
  if (series.count < 2) errors.invalid("series.count", "", "should be at least 2");
  if (series.lastObservedTime === null) errors.required("series.lastObservedTime");
}
