import { type GroupVersion, StatusError } from "@quarterdeck/meta";
import type { SubresourceDescriptor } from "@quarterdeck/scheme";
import type { InputMetadata } from "@quarterdeck/sdk";
import type { DecodedBody } from "@quarterdeck/wire";
import { DecodeError } from "./decode-error.js";
import { decodeMetadata } from "./decode-metadata.js";

/** What the body of a subresource says of itself; 400 BadRequest when that is no metadata. */
export function readInputMetadata(
  { inputKind, inputVersion }: SubresourceDescriptor,
  resourceVersion: GroupVersion,
  body: DecodedBody | undefined,
): InputMetadata {
  try {
    return decodeMetadata(body?.object.metadata, inputKind, []);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const version = JSON.stringify((inputVersion ?? resourceVersion).version);
    throw StatusError.badRequest(
      `${inputKind} in version ${version} cannot be handled as a ${inputKind}: ${error.message}`,
    );
  }
}
