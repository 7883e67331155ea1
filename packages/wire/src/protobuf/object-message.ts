import type { JsonObject } from "@quarterdeck/meta";
import type {
  ResourceDescriptor,
  StructuralSchema,
  SubresourceDescriptor,
  VersionDescriptor,
} from "@quarterdeck/scheme";
import type { MessageShape } from "@quarterdeck/sdk";
import { SCALE, STATUS } from "./meta-messages.js";
import { schemaMessage } from "./schema-message.js";

const messages = new WeakMap<StructuralSchema, MessageShape | "none">();

function messageOf(schema: StructuralSchema, given: MessageShape | undefined, kind: string): MessageShape | undefined {
  let message = messages.get(schema);
  if (message === undefined) {
    message = given ?? schemaMessage(schema, kind) ?? "none";
    messages.set(schema, message);
  }
  return message === "none" ? undefined : message;
}

/** The message of the objects of a version; undefined for custom kinds and those that have fields without numbers. */
export function objectMessage(descriptor: ResourceDescriptor, version: VersionDescriptor): MessageShape | undefined {
  return descriptor.flavour === "typed" ? versionMessage(version) : undefined;
}

/** The same for a version of which it is known that the kind is served in protobuf. */
export function versionMessage(version: VersionDescriptor): MessageShape | undefined {
  return messageOf(version.schema, version.message, version.kind);
}

/** The message of the input of a custom subresource that has a class for it. */
export function inputMessage(
  descriptor: ResourceDescriptor,
  { inputSchema, inputMessage: given, inputKind }: SubresourceDescriptor,
): MessageShape | undefined {
  if (descriptor.flavour !== "typed" || inputSchema === undefined || inputKind === undefined) return undefined;
  return messageOf(inputSchema, given, inputKind);
}

/**
 * The message of what a custom subresource answers, by the kind that the answer gives itself: that of its input, a Status or
 * the object; undefined for others.
 */
export function answerMessage(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  subresource: string,
  { kind }: JsonObject,
): MessageShape | undefined {
  const declared = version.subresources.get(subresource);
  if (kind === "Status") return STATUS;
  if (kind === version.kind) return objectMessage(descriptor, version);
  return declared !== undefined && kind === declared.inputKind ? inputMessage(descriptor, declared) : undefined;
}

/** The message of `/scale`; upstream serves that of a custom kind in no protobuf either. */
export function scaleMessage({ flavour }: ResourceDescriptor): MessageShape | undefined {
  return flavour === "typed" ? SCALE : undefined;
}
