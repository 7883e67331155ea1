import type { AuditRecord } from "@quarterdeck/sdk";

const ANNOTATION = "audit.k8s.io/truncated";

/**
 * The JSON of an event that is not longer than so many bytes: as it is, or without its bodies and with the annotation that
 * says so, as upstream's truncating backend. Undefined when it is too long even then.
 */
export function truncated({ event, json }: AuditRecord, maxBytes: number): string | undefined {
  if (Buffer.byteLength(json) <= maxBytes) return json;
  const { requestObject: _request, responseObject: _response, ...rest } = event;
  const short = JSON.stringify({ ...rest, annotations: { ...event.annotations, [ANNOTATION]: "true" } });
  return Buffer.byteLength(short) <= maxBytes ? short : undefined;
}
