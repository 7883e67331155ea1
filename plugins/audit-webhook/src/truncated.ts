import type { AuditRecord } from "@quarterdeck/sdk";

const ANNOTATION = "audit.k8s.io/truncated";

/**
 * The JSON of an event that is not longer than so many bytes: as it is, or without its bodies and with the annotation that
 * says so, as upstream's truncating backend. Undefined when it is too long even then.
 */
export function truncated(record: AuditRecord, maxBytes: number): string | undefined {
  if (Buffer.byteLength(record.json) <= maxBytes) return record.json;
  const { requestObject: _request, responseObject: _response, annotations, ...rest } = record.event;
  const short = JSON.stringify({ ...rest, annotations: { ...annotations, [ANNOTATION]: "true" } });
  return Buffer.byteLength(short) <= maxBytes ? short : undefined;
}
