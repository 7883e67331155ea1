import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { MessageShape } from "@quarterdeck/sdk";
import {
  type EncodedObject,
  type ListPage,
  listJson,
  objectJson,
  type Representation,
  sendJson,
  sendList,
  sendObject,
} from "@quarterdeck/wire";
import type { ServerContext } from "../request/server-context.js";

/** Sends an object, and tells the audit of it when that wants answers: what the client gets, as compact JSON. */
export function sendAudited(
  context: ServerContext,
  code: number,
  version: VersionDescriptor,
  representation: Representation,
  encoded: EncodedObject,
): void | Promise<void> {
  const { audit } = context.state;
  if (audit.tellsResponse) audit.responseObject(objectJson(version, representation, encoded).toString("utf8"));
  return sendObject(context, code, version, representation, encoded);
}

/** The same for a page of a list. */
export function sendAuditedList(
  context: ServerContext,
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  representation: Representation,
  page: ListPage,
): Promise<void> {
  const { audit } = context.state;
  if (audit.tellsResponse) audit.responseObject(listJson(descriptor, version, representation, page));
  return sendList(context, descriptor, version, representation, page);
}

/** The same for an answer that is no object of a resource; in protobuf too when it has a message. */
export function sendAuditedJson(
  context: ServerContext,
  code: number,
  value: unknown,
  message?: MessageShape,
): void | Promise<void> {
  const { audit } = context.state;
  if (audit.tellsResponse) audit.responseObject(JSON.stringify(value) ?? "null");
  return sendJson(context, code, value, message);
}
