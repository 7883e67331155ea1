import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { KeptLogger } from "@quarterdeck/testing/doubles";
import { bootstrapSecret } from "./bootstrap-secret.fixture.js";
import { BootstrapToken } from "./bootstrap-token.js";

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
      new KeptLogger(),
    ),
  accepts: [{ user: "system:bootstrap:abcdef", request: bearer("abcdef.0123456789abcdef") }],
  refuses: [bearer("abcdef.0000000000000000"), bearer("zzzzzz.0123456789abcdef")],
});
