import type { KubeObject } from "@quarterdeck/meta";
import { inheritedRecords, updateRecord } from "./record.js";

const SCALE_KEY = "quarterdeck:resource/scale";

/** Where the `/scale` subresource finds its numbers: JSON paths such as `.spec.replicas`. */
export interface ScaleOptions {
  readonly spec: string;
  readonly status: string;
  /**
   * A string field with a label selector in text form, or a function that says it: native kinds keep theirs as an object.
   * The empty text is none.
   */
  readonly selector?: string | ((object: KubeObject) => string);
}

/** Serves `autoscaling/v1 Scale` at `/scale`, for `kubectl scale` and autoscalers. */
export function Scale(options: ScaleOptions): ClassDecorator {
  return (owner) => updateRecord<ScaleOptions>(owner, SCALE_KEY, options, () => options);
}

/** The scale declaration of a class, if it has one. */
export function scaleRecord(owner: object): ScaleOptions | undefined {
  return inheritedRecords<ScaleOptions>(owner, SCALE_KEY).at(-1);
}
