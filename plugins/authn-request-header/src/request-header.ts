import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
  ClientCertificates,
  Injectable,
  type PresentedCertificate,
  Services,
} from "@quarterdeck/sdk";
import { HeaderLines } from "./header-lines.js";
import { headerUser, type UserHeaders } from "./header-user.js";
import { RequestHeaderOptions } from "./request-header-options.js";

/** A front proxy's certificate that the options do not allow. */
class UnknownFrontProxyError extends Error {
  constructor(name: string) {
    super(`x509: subject with cn=${name} is not in the allowed list`);
    this.name = "UnknownFrontProxyError";
  }
}

function lowerCase(names: readonly string[]): readonly string[] {
  return names.map((name) => name.trim().toLowerCase());
}

function commonName({ certificate }: PresentedCertificate): string {
  const name: unknown = certificate.subject.CN;
  return String((Array.isArray(name) ? name.at(-1) : name) ?? "");
}

/**
 * Believes a front proxy that names the user in headers; upstream's `authentication/request/headerrequest`. Only over a
 * connection with a certificate that an authority of front proxies signed: from anybody else the headers mean nothing, and
 * the server takes them off the request.
 */
@Injectable()
export class RequestHeader implements Authenticator {
  readonly #headers: UserHeaders;
  readonly #allowedNames: ReadonlySet<string>;
  /** The server's own, which stays the same; it is not there yet when the plugin is made. */
  #certificates: ClientCertificates | undefined;

  constructor(
    options: RequestHeaderOptions,
    private readonly services: Services,
  ) {
    this.#headers = {
      usernames: lowerCase(options.usernameHeaders),
      uids: lowerCase(options.uidHeaders),
      groups: lowerCase(options.groupHeaders),
      extraPrefixes: lowerCase(options.extraHeaderPrefixes),
    };
    this.#allowedNames = new Set(options.allowedNames);
  }

  authenticate({ socket, rawHeaders }: AuthenticationRequest): Authenticated | undefined {
    if (socket === undefined || rawHeaders === undefined) return undefined;
    this.#certificates ??= this.services.find(ClientCertificates);
    const presented = this.#certificates?.of(socket);
    if (presented === undefined || !presented.frontProxy) return undefined;
    this.#checkName(presented);
    const user = headerUser(new HeaderLines(rawHeaders), this.#headers);
    return user === undefined ? undefined : { user };
  }

  #checkName(presented: PresentedCertificate): void {
    if (this.#allowedNames.size === 0) return;
    const name = commonName(presented);
    if (!this.#allowedNames.has(name)) throw new UnknownFrontProxyError(name);
  }
}
