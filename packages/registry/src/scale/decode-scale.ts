import type { JsonObject, JsonValue, KubeObject } from "@quarterdeck/meta";
import { FieldErrors, isJsonObject, StatusError } from "@quarterdeck/meta";
import { DecodeError, unmarshalError } from "../decode/decode-error.js";
import { decodeMetadata } from "../decode/decode-metadata.js";
import { strictComplaints } from "../decode/strict-complaints.js";
import type { WriteRequest } from "../registry-resource.js";

const MAX_INT32 = 2_147_483_647;
const TOP = new Set(["kind", "apiVersion", "metadata", "spec", "status"]);

/** A Scale as a client wants it: what it says about the object and how many replicas it asks for. */
export interface WantedScale {
  readonly metadata: KubeObject["metadata"];
  readonly replicas: number;
}

function own(input: JsonObject, key: string): JsonValue | undefined {
  return (Object.hasOwn(input, key) ? input[key] : undefined) ?? undefined;
}

function readReplicas(input: JsonObject, unknown: string[]): number {
  const spec = own(input, "spec");
  if (spec === undefined) return 0;
  if (!isJsonObject(spec)) throw unmarshalError(spec, "Scale.spec", "v1.ScaleSpec");
  for (const key of Object.keys(spec)) if (key !== "replicas") unknown.push(`spec.${key}`);
  const replicas = own(spec, "replicas");
  if (replicas === undefined) return 0;
  if (typeof replicas !== "number" || !Number.isInteger(replicas) || Math.abs(replicas) > MAX_INT32) {
    throw unmarshalError(replicas, "ScaleSpec.spec.replicas", "int32");
  }
  return replicas;
}

/**
 * Reads a Scale; a kind may be left out. Throws {@link DecodeError} for another kind or a value of the wrong type, and
 * under `Strict` for unknown fields.
 */
export function decodeScale(request: WriteRequest, input: JsonObject, duplicates: readonly string[]): WantedScale {
  const kind = own(input, "kind") ?? "Scale";
  const apiVersion = own(input, "apiVersion") ?? "autoscaling/v1";
  if (kind !== "Scale" || apiVersion !== "autoscaling/v1") {
    throw new DecodeError(`no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`);
  }
  const unknown = Object.keys(input).filter((key) => !TOP.has(key));
  const metadata = decodeMetadata(own(input, "metadata"), "Scale", unknown);
  const replicas = readReplicas(input, unknown);
  const complaints = strictComplaints(request, unknown, { duplicates });
  if (complaints !== undefined) throw new DecodeError(complaints);
  return { metadata, replicas };
}

/** 422 Invalid for a number of replicas below zero. */
export function checkReplicas(name: string, replicas: number): void {
  if (replicas >= 0) return;
  const errors = new FieldErrors();
  errors.invalid("spec.replicas", replicas, "must be greater than or equal to 0");
  throw StatusError.invalid({ group: "autoscaling", kind: "Scale" }, name, errors.list);
}
