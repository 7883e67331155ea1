import type { ObjectMeta, UserInfo } from "@quarterdeck/meta";
import type { Services } from "../contract/services.js";
import type { Constructor } from "../plugin/constructor.js";
import type { ConnectHandler, ConnectMode } from "./connect.js";
import { inheritedRecords, updateRecord } from "./record.js";
import type { SubresourceVerb } from "./subresource-verb.js";

const SUBRESOURCES_KEY = "quarterdeck:resource/subresources";

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
  /** The client is connected to what stands behind the object: no body is read, nothing is stored; see {@link ConnectMode}. */
  readonly connect?: false | ConnectMode;
  /**
   * What the method makes of the object is stored as it stands, past validation, generations and field managers, and the client
   * is told of the success alone, by a `Status`: as of the `binding` of a pod. For a method that returns `this`.
   */
  readonly direct?: boolean;
}

/** What `@Subresource` takes for a method that is connected to. */
export interface ConnectOptions extends SubresourceOptions {
  readonly connect: ConnectMode;
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
  /** Undefined for a method that is called. */
  readonly connect: ConnectMode | undefined;
  readonly direct: boolean;
  /** The emitted types of the method's parameters, when the compiler emitted them. */
  readonly designParameters: readonly unknown[];
}

/**
 * Serves a method at `…/<resource>/<name>/<subresource>`; discovery lists it and RBAC rules name it.
 * `this` is a copy of the stored object, and admission has seen the input. Returning `this` stores it, retried on
 * conflict, so such a method may run more than once and must not act outside the object. Any other object is the answer and
 * nothing is stored: a method that answers runs once and may act, through `services.find(Client)?.within(context)`.
 *
 * With `connect` the method is what stands behind the path: see {@link ConnectContext}.
 */
export function Subresource(
  name: string,
  options: ConnectOptions,
): <T extends ConnectHandler>(target: object, method: string, descriptor: TypedPropertyDescriptor<T>) => void;
export function Subresource(
  name: string,
  options?: SubresourceOptions,
): <T extends SubresourceHandler>(target: object, method: string, descriptor: TypedPropertyDescriptor<T>) => void;
export function Subresource(name: string, options: SubresourceOptions = {}): (target: object, method: string) => void {
  return (target, method) => {
    const record: SubresourceRecord = {
      name,
      method,
      verbs: options.verbs ?? ["create"],
      input: options.input,
      kind: options.kind,
      apiVersion: options.apiVersion,
      connect: options.connect === false ? undefined : options.connect,
      direct: options.direct ?? false,
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
