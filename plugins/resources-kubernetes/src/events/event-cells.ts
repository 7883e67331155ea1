import { isJsonObject, type JsonObject, type JsonValue, type KubeObject } from "@quarterdeck/meta";

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function part(event: KubeObject, name: string): JsonObject | undefined {
  const value: unknown = event[name];
  return isJsonObject(value) ? value : undefined;
}

function firstSeen(event: KubeObject): string {
  return text(event.firstTimestamp) || text(event.eventTime);
}

/** The component that reports an event, from the older field or the newer one. */
export function reporter(event: KubeObject): string {
  return text(part(event, "source")?.component) || text(event.reportingComponent);
}

/** The cells of an event's table row, as upstream prints them; times are RFC 3339, empty when nobody knows. */
export const EVENT_CELLS = {
  type: (event: KubeObject): string => text(event.type),

  reason: (event: KubeObject): string => text(event.reason),

  message: (event: KubeObject): string => text(event.message).trim(),

  firstSeen,

  /** A series knows best when it went on; an event that was seen once has only its beginning. */
  lastSeen(event: KubeObject): string {
    const series = part(event, "series");
    if (series !== undefined) return text(series.lastObservedTime);
    return text(event.lastTimestamp) || firstSeen(event);
  },

  /** Reporters of the newer API leave the count out for what happened once. */
  count(event: KubeObject): number {
    const series = part(event, "series");
    const counted = series === undefined ? event.count || 1 : series.count;
    return typeof counted === "number" ? counted : 0;
  },

  /** `pod/web-0`, or the kind alone. */
  object(event: KubeObject): string {
    const { kind, name } = part(event, "involvedObject") ?? {};
    const lower = text(kind).toLowerCase();
    return text(name) === "" ? lower : `${lower}/${text(name)}`;
  },

  subobject: (event: KubeObject): string => text(part(event, "involvedObject")?.fieldPath),

  /** `kubelet, node-1`, from the older fields or the newer ones. */
  source(event: KubeObject): string {
    const who = reporter(event);
    const where = text(part(event, "source")?.host) || text(event.reportingInstance);
    return where === "" ? who : `${who}, ${where}`;
  },
};
