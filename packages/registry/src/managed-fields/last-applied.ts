import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { isJsonObject } from "@quarterdeck/meta";
import {
  checkStructure,
  compareObjects,
  type FieldSet,
  fieldsOf,
  type MergeSchema,
} from "@quarterdeck/structured-merge";
import { annotationBytes, MAX_ANNOTATION_BYTES } from "../prepare/annotation-size.js";
import { ownedView } from "./owned-view.js";

/** Where `kubectl apply` keeps what it applied when the server did not know of it. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Whose applies go on where its client-side applies left off. */
export const KUBECTL = "kubectl";

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The fields that the client-side applies of kubectl set and that still are as they set them; undefined when there were
 * none, or of another version.
 */
export function fieldsLastApplied(schema: MergeSchema, apiVersion: string, live: KubeObject): FieldSet | undefined {
  const text = live.metadata.annotations?.[LAST_APPLIED] ?? "";
  const applied = text === "" ? undefined : parse(text);
  if (applied === undefined || applied.apiVersion !== apiVersion) return undefined;
  const standing = ownedView(live);
  if (checkStructure(schema, applied).length > 0 || checkStructure(schema, standing).length > 0) return undefined;
  const { added, modified, removed } = compareObjects(schema, applied, standing);
  return fieldsOf(schema, applied).difference(modified).difference(added).difference(removed);
}

/**
 * Brings the annotation of an object that has one up to what was applied now, so that a client-side apply that follows
 * does not undo it. An annotation that would be too long is taken away.
 */
export function updateLastApplied(object: KubeObject, config: JsonObject): void {
  const { annotations } = object.metadata;
  if ((annotations?.[LAST_APPLIED] ?? "") === "" || annotations === undefined) return;
  annotations[LAST_APPLIED] = `${JSON.stringify(withoutAnnotation(config))}\n`;
  if (annotationBytes(annotations) > MAX_ANNOTATION_BYTES) delete annotations[LAST_APPLIED];
}

function withoutAnnotation(config: JsonObject): JsonObject {
  const { metadata } = config;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.annotations)) return config;
  const { [LAST_APPLIED]: _, ...annotations } = metadata.annotations;
  return { ...config, metadata: { ...metadata, annotations } };
}
