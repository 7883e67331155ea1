import type { UserInfo } from "@quarterdeck/meta";
import type { RequestContext } from "../contract/request-context.js";
import type { Services } from "../contract/services.js";
import type { SubresourceVerb } from "./subresource-verb.js";

/**
 * How a subresource is connected to. `true`: by any of its verbs, as `exec`, `attach` and `portforward` are; admission sees
 * the operation CONNECT. `"proxy"`: so too, by HEAD and OPTIONS beside them, and the path may go on behind the subresource and
 * the name may be `scheme:name:port`, as of `services/proxy`. `"read"`: it only reads, as `log` does, so admission is not asked.
 */
export type ConnectMode = true | "proxy" | "read";

/** What the name of a proxied object says; `scheme` and `port` are empty when it does not. */
export interface ConnectAddress {
  readonly scheme: "" | "http" | "https";
  readonly name: string;
  /** A number or the name of a port. */
  readonly port: string;
}

/** What a method that is connected to is given beside its options. */
export interface ConnectContext {
  /** The verb that was authorized; `get` for HEAD and OPTIONS too. */
  readonly verb: SubresourceVerb;
  /** The HTTP method. */
  readonly method: string;
  readonly address: ConnectAddress;
  /** Where a proxied path goes on behind the subresource, decoded and with a slash at its start; empty when it does not. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly user: UserInfo;
  readonly services: Services;
  /**
   * The raw request, its body unread, and the raw response: a method that answers through `exchange.res` itself returns
   * nothing, and no sooner than it has begun to answer.
   */
  readonly exchange: RequestContext;
  /** Adds an annotation to the audit event of the request. */
  annotate(key: string, value: string): void;
  /** Adds a `Warning` header to the answer. */
  warn(text: string): void;
}

/**
 * A method that is connected to: `this` is a copy of the stored object, which is not stored; its options are those of the
 * query in the form of the input class. It returns an object, which is sent with 200, answers through the context, or throws.
 */
export type ConnectHandler = (
  options: never,
  context: ConnectContext,
  // biome-ignore lint/suspicious/noConfusingVoidType: a method without a return statement has answered itself.
) => object | undefined | void | Promise<object | undefined | void>;
