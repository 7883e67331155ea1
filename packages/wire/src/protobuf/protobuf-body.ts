import { type JsonObject, parseApiVersion, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor, SubresourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { MessageShape } from "@quarterdeck/sdk";
import { BodyError, unreadableBody } from "../decode/body-error.js";
import type { DecodedBody } from "../decode/decoded-body.js";
import { compileDecoder, type DecodeMessage } from "./compile-decoder.js";
import { type Envelope, openEnvelope } from "./envelope.js";
import { DELETE_OPTIONS, SCALE } from "./meta-messages.js";
import { inputMessage, objectMessage } from "./object-message.js";
import { ProtobufError } from "./protobuf-error.js";
import { ProtobufReader } from "./protobuf-reader.js";

/** The kind that a body is expected to be; an absent apiVersion accepts that of any group. */
interface ExpectedType {
  readonly kind: string;
  readonly apiVersion?: string;
  /** Read whatever the body calls itself, where JSON bodies may call themselves anything too. */
  readonly anyKind?: boolean;
}

/** What a body in `application/vnd.kubernetes.protobuf` is read as; its decoder is compiled when the first one comes. */
export class ProtobufBody {
  private decoder: DecodeMessage | undefined;

  constructor(
    private readonly expected: ExpectedType,
    private readonly message: MessageShape,
  ) {}

  /**
   * Reads a body to what its JSON form would have been read to. Of another kind or version only `apiVersion` and `kind`
   * are read, which is what the request is then refused for. 400 BadRequest for a body that is malformed.
   */
  decode(body: Buffer): DecodedBody {
    const { type, raw } = this.open(body);
    const { kind: expectedKind, apiVersion: expectedVersion, anyKind } = this.expected;
    const { kind = expectedKind, apiVersion = expectedVersion } = type;
    const object: JsonObject = { ...type };
    const fits = kind === expectedKind && apiVersion === (expectedVersion ?? apiVersion);
    if (!fits && !anyKind) return { object, duplicates: [] };
    this.decoder ??= compileDecoder(this.message);
    try {
      this.decoder(new ProtobufReader(raw), object);
    } catch (error) {
      if (!(error instanceof ProtobufError || error instanceof BodyError)) throw error;
      const { version = "" } = parseApiVersion(String(apiVersion ?? "")) ?? {};
      throw StatusError.badRequest(
        `${expectedKind} in version ${JSON.stringify(version)} cannot be handled as a ${expectedKind}: ${error.message}`,
      );
    }
    return { object, duplicates: [] };
  }

  private open(body: Buffer): Envelope {
    try {
      return openEnvelope(body);
    } catch (error) {
      if (error instanceof ProtobufError) throw unreadableBody(error.message, body, this.expected.kind);
      throw error;
    }
  }
}

/** The options of a DELETE; upstream takes them under the name of any group. */
export const DELETE_OPTIONS_BODY = new ProtobufBody({ kind: "DeleteOptions" }, DELETE_OPTIONS);

/** The body of a PUT of `/scale`. */
export const SCALE_BODY = new ProtobufBody({ kind: "Scale", apiVersion: "autoscaling/v1" }, SCALE);

/** By the message and what the body calls itself: versions of one shape share their message. */
const bodies = new WeakMap<MessageShape, Map<string, ProtobufBody>>();

function bodyOf(message: MessageShape | undefined, expected: ExpectedType): ProtobufBody | undefined {
  if (message === undefined) return undefined;
  const known = bodies.get(message) ?? new Map<string, ProtobufBody>();
  bodies.set(message, known);
  const type = `${expected.apiVersion ?? ""} ${expected.kind}`;
  let body = known.get(type);
  if (body === undefined) {
    body = new ProtobufBody(expected, message);
    known.set(type, body);
  }
  return body;
}

/** How the objects of a version are read from protobuf; undefined for custom kinds and those without field numbers. */
export function objectBody(descriptor: ResourceDescriptor, version: VersionDescriptor): ProtobufBody | undefined {
  return bodyOf(objectMessage(descriptor, version), version);
}

/** The same for the input of a custom subresource, which is the object itself when the method has no class for it. */
export function inputBody(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  subresource: SubresourceDescriptor | undefined,
): ProtobufBody | undefined {
  const { inputKind } = subresource ?? {};
  if (subresource?.inputSchema === undefined || inputKind === undefined) return objectBody(descriptor, version);
  return bodyOf(inputMessage(descriptor, subresource), { kind: inputKind, anyKind: true });
}
