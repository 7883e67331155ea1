import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { startWebhook } from "@quarterdeck/testing/webhook";
import { AuthnWebhook } from "./authn-webhook.js";

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
      new KeptLogger(),
      new FolderPaths("/"),
    ),
  accepts: [{ user: "ann", request: bearer("good") }],
  refuses: [bearer("other")],
});
