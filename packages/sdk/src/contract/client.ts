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
  /**
   * Writes to several objects, all or nothing and at one revision. `run` gets a client whose writes wait for the end of
   * `run` and take effect only if every object that it got is still as it was (what it listed is not looked at again);
   * else it is called again, so it must do nothing else. What its writes gave has a resourceVersion once it is read again. One write per object; all in one storage; one within another is part of it.
   */
  abstract transaction<T>(run: (client: Client) => Promise<T>): Promise<T>;
}
