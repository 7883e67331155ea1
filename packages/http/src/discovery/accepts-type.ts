import type { AcceptClause } from "@quarterdeck/wire";

/** Whether a range of an Accept header takes a media type written `application/json`. */
export function acceptsType(clause: AcceptClause, mediaType: string): boolean {
  if (clause.type === "*") return clause.subtype === "*";
  const [type, subtype] = mediaType.split("/");
  return clause.type === type && (clause.subtype === "*" || clause.subtype === subtype);
}
