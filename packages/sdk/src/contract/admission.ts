import type { GroupVersionKind, GroupVersionResource, KubeObject, UserInfo } from "@quarterdeck/meta";
import type { StagedObjects } from "./staged-objects.js";

/** What is being done to the object. */
export type AdmissionOperation = "CREATE" | "UPDATE" | "DELETE" | "CONNECT";

/** One write on its way in; upstream's `admission.Attributes`. */
export interface AdmissionAttributes<T extends object = KubeObject> {
  readonly operation: AdmissionOperation;
  readonly kind: GroupVersionKind;
  readonly resource: GroupVersionResource;
  readonly subresource: string;
  readonly namespace: string;
  /** Empty on a create with generateName in the mutating phase. */
  readonly name: string;
  /** The new object; absent on DELETE. `mutate` may change it in place; in `validate` it must be left alone. */
  readonly object: T | undefined;
  /** The stored object on UPDATE and DELETE; never to be changed. */
  readonly oldObject: T | undefined;
  readonly dryRun: boolean;
  readonly user: UserInfo;
  /** Within a transaction: what the operations before this one will leave of other objects. */
  readonly staged?: StagedObjects | undefined;
  /** Adds a `Warning` header to the answer. */
  warn(text: string): void;
  /** Adds an annotation to the audit event; `key` is prefixed with the plugin's name by convention: `quota.example.com/used`. */
  annotate(key: string, value: string): void;
}

const DENIAL = Symbol.for("quarterdeck.sdk/Denial");

/** A rejection with its reason; answered as 403 Forbidden that names the object and the reason. */
export interface Denial {
  readonly [DENIAL]: true;
  readonly reason: string;
}

/**
 * What an answer calls an object that was refused: a create with `generateName` has no name yet, then it is the prefix,
 * and `Unknown` without one, as with upstream.
 */
export function refusedName({ name, object }: Pick<AdmissionAttributes, "name" | "object">): string {
  return name || object?.metadata.name || object?.metadata.generateName || "Unknown";
}

/** What `mutate` and `validate` return to reject: `return deny("every rollout needs a team label")`. */
export function deny(reason: string): Denial {
  return { [DENIAL]: true, reason };
}

/** True for a denial of this or another installed copy of the package. */
export function isDenial(value: unknown): value is Denial {
  return typeof value === "object" && value !== null && DENIAL in value;
}

/** What an admission method may answer: nothing to let pass, or a denial. */
// biome-ignore lint/suspicious/noConfusingVoidType: a method without a return statement lets pass.
export type AdmissionVerdict = Denial | undefined | void;

/**
 * An admission plugin, contract version 1. All `mutate` methods run first, in config order, then all `validate`
 * methods. A `StatusError` thrown by either is sent as it is; any other error is a 500 that names the plugin.
 */
export interface Admission {
  /** Which operations concern it; all four when absent. */
  handles?(operation: AdmissionOperation): boolean;
  mutate?(attributes: AdmissionAttributes): AdmissionVerdict | Promise<AdmissionVerdict>;
  validate?(attributes: AdmissionAttributes): AdmissionVerdict | Promise<AdmissionVerdict>;
}
