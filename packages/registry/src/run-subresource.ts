import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { formatApiVersion, isJsonObject, StatusError, setOwn } from "@quarterdeck/meta";
import type { SubresourceDescriptor } from "@quarterdeck/scheme";
import type { InputMetadata, SubresourceVerb } from "@quarterdeck/sdk";
import type { DecodedBody } from "@quarterdeck/wire";
import { checkInputNamespace } from "./decode/check-input-namespace.js";
import { checkInputKind } from "./decode/check-kind.js";
import { inputFields, readInput, VIEW_KEYS } from "./decode/read-input.js";
import { readInputMetadata } from "./decode/read-input-metadata.js";
import { copyObject } from "./json/copy-object.js";
import { copyValue } from "./json/copy-value.js";
import { trackUpdate } from "./managed-fields/track-update.js";
import type { Review } from "./prepare/admit.js";
import { admitValidation, attributesOf } from "./prepare/admit.js";
import { prepareDirectUpdate, prepareSubresourceUpdate } from "./prepare/prepare-update.js";
import { validateUpdate } from "./prepare/validate-object.js";
import type { RegistryResource, WriteRequest, Written } from "./registry-resource.js";
import { updateStored } from "./update-stored.js";

/** What a custom subresource answers with: the object that its method changed, or an answer of its own. */
export type SubresourceResult = { readonly object: Written } | { readonly answer: JsonObject };

/** What a client is told of an object that it does not get to see. */
const SUCCESS: JsonObject = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };

/** Ends the update when the method answered instead of changing the object. */
class Answered extends Error {
  constructor(readonly answer: JsonObject) {
    super("answered");
  }
}

/**
 * Runs the method of a custom subresource on a copy of the stored object. When the method answers the object, it is
 * validated and stored, and the method runs again after a conflict. POST and PUT pass admission as operations on the
 * input (CREATE and UPDATE with the subresource's name) before it runs, GET passes none. 404 for an unknown subresource, 405 for a verb
 * that it does not have, 400 or 422 for an input that does not fit.
 */
export async function runSubresource(
  resource: RegistryResource,
  request: WriteRequest,
  name: string,
  verb: SubresourceVerb,
  body: DecodedBody | undefined,
): Promise<SubresourceResult> {
  const subresource = request.version.subresources.get(name);
  if (subresource === undefined) throw StatusError.unknownResource();
  if (!subresource.verbs.includes(verb) || subresource.connect !== undefined) throw StatusError.methodNotAllowed();
  if (resource.descriptor.flavour === "typed" && body !== undefined && subresource.inputNormaliser !== undefined) {
    const { group, version } = subresource.inputVersion ?? request.version;
    checkInputKind({ group, version, kind: subresource.inputKind }, body.object);
  }
  checkInputNamespace(request, body);
  const input = readInput(request, subresource, body);
  const { user, dryRun, services } = request;
  const metadata = readInputMetadata(subresource, request.version, body);
  const context = {
    verb,
    user,
    dryRun,
    services,
    metadata,
    annotate: (key: string, value: string) => request.annotate(key, value),
    warn: (text: string) => request.warn(text),
  };
  try {
    const object = await updateStored(resource, request, {
      async next(old) {
        const view = inputView(request, subresource, input, metadata);
        if (verb !== "get") await admitInput(resource, request, reviewOf(request, subresource, verb, view, old));
        const result = await subresource.run(copyObject(old), withoutView(view, input), context);
        // A GET changes nothing, so the object itself is an answer too.
        if (verb === "get") throw new Answered("store" in result ? result.store : result.answer);
        if ("store" in result && subresource.direct) return result.store;
        if ("store" in result) {
          const store = trackUpdate(resource, request, subresource.name, old, result.store);
          return verb === "update" ? atRevision(store, body) : store;
        }
        throw new Answered(result.answer);
      },
      prepare: (next, old) =>
        subresource.direct ? prepareDirectUpdate(next, old) : prepareSubresourceUpdate(resource, request, next, old),
      validate(next, old) {
        if (!subresource.direct) validateUpdate(resource, request, next, old);
      },
      // Admission has spoken about the input, which is what the client sent.
      async admit() {},
    });
    return subresource.direct ? { answer: SUCCESS } : { object };
  } catch (error) {
    if (error instanceof Answered) return { answer: error.answer };
    throw error;
  }
}

/** Both halves of admission before the method runs, since that may act: upstream's `createValidation`. */
async function admitInput(resource: RegistryResource, request: WriteRequest, review: Review): Promise<void> {
  const pending = resource.admission.mutate(attributesOf(resource, request, review));
  if (pending !== undefined) await pending;
  await admitValidation(resource, request, review);
}

/** A PUT may name the state that it is about; without a word in the body it is about whichever stands there. */
function atRevision(store: KubeObject, body: DecodedBody | undefined): KubeObject {
  const metadata = body?.object.metadata;
  const resourceVersion = isJsonObject(metadata) ? metadata.resourceVersion : undefined;
  if (typeof resourceVersion !== "string" || resourceVersion === "") return store;
  return { ...store, metadata: { ...store.metadata, resourceVersion } };
}

/** The input as an object, for admission plugins. */
function inputView(
  request: WriteRequest,
  subresource: SubresourceDescriptor,
  input: JsonObject,
  metadata: InputMetadata,
): KubeObject {
  const { inputKind, inputVersion } = subresource;
  const { name, namespace } = request;
  const view: KubeObject = {
    kind: inputKind,
    apiVersion: inputVersion === undefined ? request.version.apiVersion : formatApiVersion(inputVersion),
    metadata: { ...metadata, name, ...(namespace === "" ? {} : { namespace }) },
  };
  for (const key of Object.keys(inputFields(input))) {
    const value = input[key];
    if (value !== undefined) setOwn(view, key, copyValue(value));
  }
  return view;
}

/** The input again, with what admission changed. */
function withoutView(view: KubeObject, input: JsonObject): JsonObject {
  const fields = inputFields(view);
  for (const key of VIEW_KEYS) if (Object.hasOwn(input, key)) setOwn(fields, key, input[key]);
  return fields;
}

function reviewOf(
  request: WriteRequest,
  subresource: SubresourceDescriptor,
  verb: SubresourceVerb,
  object: KubeObject,
  old: KubeObject,
): Review {
  const { group, version } = subresource.inputVersion ?? request.version;
  return {
    operation: verb === "update" ? "UPDATE" : "CREATE",
    subresource: subresource.name,
    name: request.name,
    object,
    oldObject: verb === "update" ? old : undefined,
    kind: { group, version, kind: subresource.inputKind },
  };
}
