import type { Http2ServerRequest } from "node:http2";
import { TLSSocket } from "node:tls";
import { StatusError } from "@quarterdeck/meta";
import type { Authenticated, AuthenticationRequest, Filter, Logger, RequestContext } from "@quarterdeck/sdk";
import type { FailedAuthenticationAudit } from "../audit/failed-authentication-audit.js";
import type { ServerContext } from "../request/server-context.js";
import { AuthenticatedUsers, isAnonymous } from "./authenticated-users.js";
import { type Authenticators, BadCredentialError } from "./authenticators.js";

/** Settings of {@link Authentication}. */
export interface AuthenticationOptions {
  /** Ends the HTTP/2 connection of an anonymous or refused caller after its request, as upstream does; default true. */
  readonly closeAnonymousConnections?: boolean | undefined;
}

/**
 * Asks the authenticators who the caller is; one with a bad credential, or whom nobody knows, is refused. Credentials are taken off the request afterwards.
 */
export class Authentication implements Filter {
  readonly #closeAnonymous: boolean;
  readonly #users = new AuthenticatedUsers();

  constructor(
    private readonly authenticators: Authenticators,
    private readonly logger: Logger,
    options: AuthenticationOptions = {},
    private readonly audit?: FailedAuthenticationAudit,
  ) {
    this.#closeAnonymous = options.closeAnonymousConnections ?? true;
  }

  handle(context: ServerContext, next: () => Promise<void>): Promise<void> {
    let answer: ReturnType<Authenticators["authenticate"]>;
    try {
      answer = this.authenticators.authenticate(new Credentials(context));
    } catch (error) {
      throw this.refuse(context, error);
    }
    if (answer instanceof Promise) {
      return answer.then(
        (found) => this.accept(context, found, next),
        (error: unknown) => {
          throw this.refuse(context, error);
        },
      );
    }
    return this.accept(context, answer, next);
  }

  private accept(context: ServerContext, found: Authenticated | undefined, next: () => Promise<void>): Promise<void> {
    if (found === undefined) throw this.refuse(context, undefined);
    const user = this.#users.complete(found.user);
    context.state.user = user;
    removeCredentials(context.req.headers);
    if (this.#closeAnonymous && isAnonymous(user)) closeConnection(context);
    return next();
  }

  private refuse(context: ServerContext, error: unknown): StatusError {
    if (error instanceof BadCredentialError) {
      const { authenticator, message } = error;
      this.logger.warn("unable to authenticate the request", { authenticator, path: context.path, reason: message });
    } else if (error !== undefined) throw error;
    this.audit?.refused(context, new Credentials(context).socket);
    if (this.#closeAnonymous) closeConnection(context);
    return StatusError.unauthorized();
  }
}

/** What the authenticators are shown; nothing is read before one asks for it. */
class Credentials implements AuthenticationRequest {
  constructor(private readonly context: RequestContext) {}

  get path(): string {
    return this.context.path;
  }

  get socket(): TLSSocket | undefined {
    const { req } = this.context;
    // The request's own `socket` is another object for each HTTP/2 stream; that of the session stays the same.
    const socket = isHttp2(req) ? req.stream.session?.socket : req.socket;
    return socket !== undefined && isTls(socket) ? socket : undefined;
  }

  get rawHeaders(): readonly string[] {
    return this.context.req.rawHeaders;
  }

  annotate(key: string, value: string): void {
    this.context.state.audit.annotate(key, value);
  }

  header(name: string): string | undefined {
    const value = this.context.req.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }
}

function isHttp2(req: RequestContext["req"]): req is Http2ServerRequest {
  return req.httpVersionMajor >= 2;
}

function isTls(socket: object): socket is TLSSocket {
  return socket instanceof TLSSocket || "getPeerCertificate" in socket;
}

function removeCredentials(headers: RequestContext["req"]["headers"]): void {
  if (headers.authorization !== undefined) delete headers.authorization;
  for (const name in headers) {
    // Nobody behind this filter may take these for the word of a front proxy.
    if (name.startsWith("x-remote-")) delete headers[name];
  }
}

/** HTTP/2 connections are dear, so a caller whom nobody vouches for gets them for one request (CVE-2023-44487). */
function closeConnection(context: RequestContext): void {
  const { req } = context;
  if (isHttp2(req)) req.stream.session?.close();
}
