import type { JsonObject, KubeObject, ManagedFieldsEntry } from "@quarterdeck/meta";
import { StatusError } from "@quarterdeck/meta";
import type { ScaleOptions } from "@quarterdeck/sdk";
import type { DecodedBody } from "@quarterdeck/wire";
import { DecodeError } from "./decode/decode-error.js";
import { EncodedAnswer } from "./encoded-answer.js";
import { getObject } from "./get.js";
import { copyObject } from "./json/copy-object.js";
import { setNestedField, splitPath } from "./json/nested-field.js";
import { managedWrite } from "./managed-fields/managed-write.js";
import { ScaleFields } from "./managed-fields/scale-fields.js";
import { patchDocument } from "./patch/apply-patch.js";
import type { PatchBody } from "./patch/patch-types.js";
import { readPatch } from "./patch/patch-types.js";
import { admitValidation, attributesOf } from "./prepare/admit.js";
import { matchName, matchNamespace } from "./prepare/match-request.js";
import { prepareSubresourceUpdate } from "./prepare/prepare-update.js";
import { validateUpdate } from "./prepare/validate-object.js";
import type { ReadRequest, RegistryResource, WriteRequest, Written } from "./registry-resource.js";
import type { WantedScale } from "./scale/decode-scale.js";
import { checkReplicas, decodeScale } from "./scale/decode-scale.js";
import { replicasOf, SCALE_KIND, SCALE_SCHEMA, scaleOf } from "./scale/scale-object.js";
import { ownedScale, ownersAfterScale, scaleManager } from "./scale/scale-owners.js";
import type { UpdatePlan } from "./update-stored.js";
import { updateStored } from "./update-stored.js";

/** What a version without `/scale` answers; the router asks before it comes here. */
function scaleOptions(request: { readonly version: { readonly scale: ScaleOptions | undefined } }): ScaleOptions {
  if (request.version.scale === undefined) throw StatusError.unknownResource();
  return request.version.scale;
}

/** GET of `/scale`. 500 InternalError when a custom object says no number of replicas, as upstream has it. */
export async function getScale(
  resource: RegistryResource,
  request: ReadRequest,
  resourceVersion: string,
): Promise<EncodedAnswer> {
  const options = scaleOptions(request);
  const stored = await getObject(resource, request, resourceVersion);
  const object = request.version.fromStorage(stored.object);
  if (resource.descriptor.flavour === "custom" && replicasOf(object, options) === undefined) {
    throw StatusError.internal(new Error(`the spec replicas field ${JSON.stringify(options.spec)} does not exist`));
  }
  return new EncodedAnswer(scaleOf(object, options));
}

/** PUT of `/scale`. Without a resourceVersion it is retried on conflict, with a stale one it is 409 Conflict. */
export function updateScale(resource: RegistryResource, request: WriteRequest, body: DecodedBody): Promise<Written> {
  const wanted = readScale(request, body.object, body.duplicates, (detail) =>
    StatusError.badRequest(`Scale in version "v1" cannot be handled as a Scale: ${detail}`),
  );
  matchScale(resource, request, wanted);
  return storeScale(resource, request, (old) => tracked(resource, request, old, wanted), wanted.metadata.uid);
}

/** PATCH of `/scale`: the patch is applied to the Scale view of the object. */
export async function patchScale(resource: RegistryResource, request: WriteRequest, body: PatchBody): Promise<Written> {
  const options = scaleOptions(request);
  const patch = readPatch(body, { flavour: resource.descriptor.flavour, schema: SCALE_SCHEMA });
  const want = (old: KubeObject): OwnedScale => {
    const patched = patchDocument(patch(), scaleOf(old, options));
    const wanted = readScale(request, patched, [], (detail) => invalidPatch(patched, detail));
    matchScale(resource, request, wanted);
    return tracked(resource, request, old, wanted);
  };
  return storeScale(resource, request, want, undefined);
}

/** Server-side apply of `/scale`: the number of replicas becomes the field manager's. */
export async function applyScale(
  resource: RegistryResource,
  request: WriteRequest,
  body: DecodedBody,
  force: boolean,
): Promise<Written> {
  const options = scaleOptions(request);
  const want = (old: KubeObject): OwnedScale => {
    const fields = new ScaleFields(resource.descriptor, old.metadata.managedFields);
    const live = ownedScale(fields, old, options);
    const { object, managedFields } = scaleManager().apply(live, body.object, managedWrite(resource, request), force);
    const wanted = readScale(request, object, body.duplicates, StatusError.badRequest);
    matchScale(resource, request, wanted);
    return { ...wanted, owners: fields.ofObject(request.version.apiVersion, managedFields) };
  };
  return storeScale(resource, request, want, undefined);
}

/** A Scale that is wanted, and who owns what of the object once it has it. */
interface OwnedScale extends WantedScale {
  readonly owners: ManagedFieldsEntry[] | undefined;
}

function tracked(resource: RegistryResource, request: WriteRequest, old: KubeObject, wanted: WantedScale): OwnedScale {
  const options = scaleOptions(request);
  const write = managedWrite(resource, request);
  return { ...wanted, owners: ownersAfterScale(resource, request, old, options, wanted.replicas, write) };
}

function readScale(
  request: WriteRequest,
  input: JsonObject,
  duplicates: readonly string[],
  refuse: (detail: string) => StatusError,
): WantedScale {
  try {
    return decodeScale(request, input, duplicates);
  } catch (error) {
    throw error instanceof DecodeError ? refuse(error.message) : error;
  }
}

function invalidPatch(patched: JsonObject, detail: string): StatusError {
  const message = `Invalid value: ${JSON.stringify(JSON.stringify(patched))}: ${detail}`;
  return StatusError.invalid({ group: "", kind: "" }, "", [{ reason: "FieldValueInvalid", field: "patch", message }]);
}

function matchScale(resource: RegistryResource, request: WriteRequest, wanted: WantedScale): void {
  const view: KubeObject = { kind: "Scale", apiVersion: "autoscaling/v1", metadata: wanted.metadata };
  matchNamespace(resource, request, view);
  matchName(request, view);
}

async function storeScale(
  resource: RegistryResource,
  request: WriteRequest,
  want: (old: KubeObject) => OwnedScale,
  uid: string | undefined,
): Promise<Written> {
  const options = scaleOptions(request);
  const plan = scalePlan(resource, request, options, want);
  const { object, created } = await updateStored(resource, request, { ...plan, uid });
  return { object: new EncodedAnswer(scaleOf(request.version.fromStorage(object.object), options)), created };
}

function scalePlan(
  resource: RegistryResource,
  request: WriteRequest,
  options: ScaleOptions,
  want: (old: KubeObject) => OwnedScale,
): UpdatePlan {
  const review = { operation: "UPDATE", subresource: "scale", name: request.name, kind: SCALE_KIND } as const;
  return {
    async next(old) {
      const wanted = want(old);
      const scale: KubeObject = { ...scaleOf(old, options), spec: { replicas: wanted.replicas } };
      const oldObject = scaleOf(old, options);
      const pending = resource.admission.mutate(
        attributesOf(resource, request, { ...review, object: scale, oldObject }),
      );
      if (pending !== undefined) await pending;
      // Admission may have changed the number.
      const { replicas } = decodeScale(request, { spec: scale.spec ?? {} }, []);
      checkReplicas(request.name, replicas);
      const next = copyObject(old);
      if (wanted.owners === undefined) delete next.metadata.managedFields;
      else next.metadata.managedFields = wanted.owners;
      setNestedField(next, splitPath(options.spec), replicas);
      const { resourceVersion } = wanted.metadata;
      if (resourceVersion !== undefined) next.metadata.resourceVersion = resourceVersion;
      return next;
    },
    prepare: (next, old) => prepareSubresourceUpdate(resource, request, next, old),
    validate: (next, old) => validateUpdate(resource, request, next, old),
    admit: (next, old) =>
      admitValidation(resource, request, {
        ...review,
        object: scaleOf(next, options),
        oldObject: scaleOf(old, options),
      }),
  };
}
