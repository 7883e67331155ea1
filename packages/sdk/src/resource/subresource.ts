import type { ObjectMeta, UserInfo } from "@quarterdeck/meta";
import type { Services } from "../contract/services.js";
import type { Constructor } from "../plugin/constructor.js";
import { inheritedRecords, updateRecord } from "./record.js";

const SUBRESOURCES_KEY = "quarterdeck:resource/subresources";

/** The verbs a custom subresource may answer: POST, GET, PUT, PATCH, DELETE; the last two only one that is connected to. */
export type SubresourceVerb = "create" | "get" | "update" | "patch" | "delete";

/** The metadata of a body. */
export type InputMetadata = Pick<
  ObjectMeta,
  "name" | "namespace" | "uid" | "resourceVersion" | "labels" | "annotations"
>;

/** What a subresource handler is given beside its input. */
export interface SubresourceContext {
  readonly verb: SubresourceVerb;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  readonly services: Services;
  /** What the body says of itself, if it does, since `metadata` is no part of the input: Bindings and Evictions do. */
  readonly metadata: InputMetadata;
  /** Adds an annotation to the audit event of the request. */
  annotate(key: string, value: string): void;
  /** Adds a `Warning` header to the answer. */
  warn(text: string): void;
}

/** What `@Subresource` takes besides the name. */
export interface SubresourceOptions {
  /** Default: `["create"]`. */
  readonly verbs?: readonly SubresourceVerb[];
  /** The class of the request body; taken from the type of the method's first parameter without it. */
  readonly input?: () => Constructor;
  /** The kind that discovery and admission name for the body; default: the name of the input class. */
  readonly kind?: string;
  /** The group and version of that kind, such as `authentication.k8s.io/v1`; default: those of the resource. */
  readonly apiVersion?: string;
}

/** A subresource method: its input, if it has one, and the context; it returns `this` or an answer. */
export type SubresourceHandler = (input: never, context: SubresourceContext) => object | Promise<object>;

/** A recorded subresource method. */
export interface SubresourceRecord {
  readonly name: string;
  readonly method: string;
  readonly verbs: readonly SubresourceVerb[];
  readonly input: (() => Constructor) | undefined;
  readonly kind: string | undefined;
  readonly apiVersion: string | undefined;
  /** The emitted types of the method's parameters, when the compiler emitted them. */
  readonly designParameters: readonly unknown[];
}

/**
 * Serves a method at `…/<resource>/<name>/<subresource>`; discovery lists it and RBAC rules name it.
 * `this` is a copy of the stored object, and admission has seen the input. Returning `this` stores it, retried on
 * conflict, so such a method may run more than once and must not act outside the object. Any other object is the answer and
 * nothing is stored: a method that answers runs once and may act, through `services.find(Client)?.within(context)`.
 */
export function Subresource(
  name: string,
  options: SubresourceOptions = {},
): <T extends SubresourceHandler>(target: object, method: string, descriptor: TypedPropertyDescriptor<T>) => void {
  return (target, method) => {
    const record: SubresourceRecord = {
      name,
      method,
      verbs: options.verbs ?? ["create"],
      input: options.input,
      kind: options.kind,
      apiVersion: options.apiVersion,
      designParameters: Reflect.getMetadata("design:paramtypes", target, method) ?? [],
    };
    updateRecord<readonly SubresourceRecord[]>(target.constructor, SUBRESOURCES_KEY, [], (before) => [
      ...before,
      record,
    ]);
  };
}

/** The custom subresources of a class. */
export function subresourceRecords(owner: object): readonly SubresourceRecord[] {
  return inheritedRecords<readonly SubresourceRecord[]>(owner, SUBRESOURCES_KEY).flat();
}
