import type { Authenticated, AuthenticationRequest, Authenticator } from "@quarterdeck/sdk";

const ANONYMOUS: Authenticated = {
  user: { name: "system:anonymous", groups: ["system:unauthenticated"] },
};

/**
 * Lets a request without any credential through as `system:anonymous`; upstream's `authentication/request/anonymous`.
 * It stands last. A request that brought an Authorization header nobody took is not anonymous, it is refused.
 */
export class Anonymous implements Authenticator {
  readonly anonymous = true;

  authenticate(request: AuthenticationRequest): Authenticated | undefined {
    return request.header("authorization") === undefined ? ANONYMOUS : undefined;
  }
}
