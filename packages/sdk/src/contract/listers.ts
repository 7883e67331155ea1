import type { KubeObject } from "@quarterdeck/meta";
import type { Constructor } from "../plugin/constructor.js";
import { INJECTION_TOKEN } from "../plugin/injection-token.js";
import type { Lister, ResourceReference } from "./lister.js";

/** Listers of resources that are known only at run time; `@ListerOf` is for all others. Injected by the class as token. */
export abstract class Listers {
  static readonly [INJECTION_TOKEN]: string = "listers";
  /** Undefined when the resource is not served or nothing of it is stored; usable from `start` on. */
  abstract of<T extends object>(target: Constructor<T>): Lister<T> | undefined;
  abstract of(target: ResourceReference): Lister<KubeObject> | undefined;
}
