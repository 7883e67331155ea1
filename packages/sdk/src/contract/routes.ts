import { INJECTION_TOKEN } from "../plugin/injection-token.js";
import type { RequestContext } from "./request-context.js";

/** Answers a path of a plugin by `context.status` and `context.body`, or by throwing a `StatusError`. */
export type RouteHandler = (context: RequestContext) => void | Promise<void>;

/**
 * Paths beside the resources that a plugin answers, such as `/openid/v1/jwks`. They stand behind all filters; who may get
 * them is the authorizers' business. GET only. Injected by the class as token.
 */
export abstract class Routes {
  static readonly [INJECTION_TOKEN]: string = "routes";
  /** `path` is exact; a second one for a path replaces the first. `listed` shows it at `/`; default true. */
  abstract get(path: string, handle: RouteHandler, options?: { readonly listed?: boolean }): void;
}
