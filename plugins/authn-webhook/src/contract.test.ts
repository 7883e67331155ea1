import { Logger, Paths } from "@quarterdeck/sdk";
import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { startWebhook } from "@quarterdeck/testing/webhook";
import { AuthnWebhook } from "./authn-webhook.js";

class Silent extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

class PlainPaths extends Paths {
  readonly data = "/";
  resolve(path: string): string {
    return path;
  }
  watch(): () => void {
    return () => {};
  }
}

const hook = await startWebhook(({ body }) => {
  const authenticated = JSON.stringify(body).includes("good");
  return { json: { status: authenticated ? { authenticated, user: { username: "ann" } } : { authenticated } } };
});
const bearer = (token: string) => () => authenticationRequest({ headers: { authorization: `Bearer ${token}` } });

authenticatorContract({
  name: "webhook",
  create: () =>
    new AuthnWebhook(
      {
        kubeconfig: hook.kubeconfig,
        version: "v1",
        audiences: [],
        cacheSeconds: 10,
        timeoutSeconds: 5,
        attempts: 1,
      },
      new Silent(),
      new PlainPaths(),
    ),
  accepts: [{ user: "ann", request: bearer("good") }],
  refuses: [bearer("other")],
});
