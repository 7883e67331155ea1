import type { KubeObject, UserInfo } from "@quarterdeck/meta";
import type { Constructor } from "../plugin/constructor.js";
import { INJECTION_TOKEN } from "../plugin/injection-token.js";
import type { ResourceReference } from "./lister.js";

/** Where an object lives; cluster-scoped resources take no namespace. */
export interface ObjectAddress {
  readonly name: string;
  readonly namespace?: string;
}

/** Which objects of a resource; all of them without a word. */
export interface ObjectSelection {
  readonly namespace?: string;
  /** As kubectl's `--selector`: `app=web,tier!=cache`. */
  readonly labelSelector?: string;
}

/** How objects are deleted; `DeleteOptions` of meta/v1. */
export interface DeletionOptions {
  /** 409 Conflict unless the object is still this one. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly propagationPolicy?: "Orphan" | "Background" | "Foreground";
  readonly gracePeriodSeconds?: number;
}

/** How an object is patched. */
export interface PatchOptions {
  /** The media type; default `application/merge-patch+json`. */
  readonly type?: string;
  /** `status`, or another part of the object that has an address of its own. */
  readonly subresource?: string;
}

/** What the context of a hook or of a subresource says of the request that it is part of. */
export interface RequestScope {
  readonly user: UserInfo;
  readonly dryRun: boolean;
}

/** The verbs of one resource, run in process through admission, validation and the store as `system:apiserver`. */
export interface ResourceClient<T extends object = KubeObject> {
  get(address: ObjectAddress): Promise<T>;
  list(selection?: ObjectSelection): Promise<readonly T[]>;
  create(object: T): Promise<T>;
  update(object: T): Promise<T>;
  updateStatus(object: T): Promise<T>;
  /**
   * A POST to `…/<name>/<subresource>`, such as the `binding` of a pod: gives what that answers. `input` is the body; 404
   * NotFound when the kind has none of that name.
   */
  createSubresource(address: ObjectAddress, subresource: string, input: object): Promise<object>;
  /** A PUT to `…/<name>/<subresource>`, such as `approval` or `finalize`; 404 NotFound when the kind has none of that name. */
  updateSubresource(object: T, subresource: string): Promise<T>;
  /** `patch` is the body as JSON: an object, or the list of operations of a JSON patch. */
  patch(address: ObjectAddress, patch: object, options?: PatchOptions): Promise<T>;
  delete(address: ObjectAddress, options?: DeletionOptions): Promise<void>;
  /** Deletes one by one and ends at the first failure; what is gone by then is gone. */
  deleteCollection(selection: ObjectSelection, options?: DeletionOptions): Promise<void>;
}

/** A client was asked for a kind that the config does not serve. */
export class NotServedError extends Error {
  override readonly name = "NotServedError";

  constructor(kind: string) {
    super(`the server does not serve ${kind}: add it to resources in the config`);
  }

  /** True for one of this or any other installed copy of the package. */
  static is(error: unknown): error is NotServedError {
    return error instanceof Error && error.name === "NotServedError";
  }
}

/** Injected by the class as token; errors are the `StatusError`s a remote client would get. */
export abstract class Client {
  static readonly [INJECTION_TOKEN]: string = "client";
  /** Throws {@link NotServedError} for a kind that is not served. */
  abstract resource<T extends object>(target: Constructor<T>): ResourceClient<T>;
  abstract resource(target: ResourceReference): ResourceClient;
  /**
   * The same client for what a hook or a subresource does within a request: hooks and admission see its user as the writer, and
   * nothing is stored when it is a dry run. Nobody asks again whether the user may, since the request itself was authorized.
   */
  abstract within(request: RequestScope): Client;
  /** The same client under the name of a field manager of its own; its requests end when `signal` is aborted. */
  abstract as(fieldManager: string, signal?: AbortSignal): Client;
  /**
   * Writes to several objects, all or nothing and at one revision. `run` gets a client whose writes wait for the end of
   * `run` and take effect only if every object that it got is still as it was (what it listed is not looked at again);
   * else it is called again, so it must do nothing else. What its writes gave has a resourceVersion once it is read again. One write per object; all in one storage; one within another is part of it.
   */
  abstract transaction<T>(run: (client: Client) => Promise<T>): Promise<T>;
}
