import type { KubeObject } from "@quarterdeck/meta";
import type { Constructor } from "../plugin/constructor.js";
import { INJECTION_TOKEN } from "../plugin/injection-token.js";
import type { ResourceReference } from "./lister.js";

/** Where an object lives; cluster-scoped resources take no namespace. */
export interface ObjectAddress {
  readonly name: string;
  readonly namespace?: string;
}

/** The verbs of one resource, run in process through admission, validation and the store as `system:apiserver`. */
export interface ResourceClient<T extends object = KubeObject> {
  get(address: ObjectAddress): Promise<T>;
  list(options?: { readonly namespace?: string; readonly labelSelector?: string }): Promise<readonly T[]>;
  create(object: T): Promise<T>;
  update(object: T): Promise<T>;
  updateStatus(object: T): Promise<T>;
  delete(address: ObjectAddress): Promise<void>;
}

/** Injected by the class as token; errors are the `StatusError`s a remote client would get. */
export abstract class Client {
  static readonly [INJECTION_TOKEN]: string = "client";
  abstract resource<T extends object>(target: Constructor<T>): ResourceClient<T>;
  abstract resource(target: ResourceReference): ResourceClient;
}
