import { Logger } from "@quarterdeck/sdk";
import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { bootstrapSecret } from "./bootstrap-secret.fixture.js";
import { BootstrapToken } from "./bootstrap-token.js";

class Silent extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

const secret = bootstrapSecret();
const bearer = (token: string) => () => authenticationRequest({ headers: { authorization: `Bearer ${token}` } });

authenticatorContract({
  name: "bootstrap-token",
  create: () =>
    new BootstrapToken(
      {
        get: (name) => (name === secret.metadata.name ? secret : undefined),
        list: () => [secret],
        getFresh: async () => secret,
        observe: () => () => {},
      },
      new Silent(),
    ),
  accepts: [{ user: "system:bootstrap:abcdef", request: bearer("abcdef.0123456789abcdef") }],
  refuses: [bearer("abcdef.0000000000000000"), bearer("zzzzzz.0123456789abcdef")],
});
