import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { CountedMetrics, FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { startWebhook } from "@quarterdeck/testing/webhook";
import { AuthzWebhook } from "./authz-webhook.js";

const hook = await startWebhook(({ body }) => ({
  json: { status: { allowed: JSON.stringify(body).includes('"verb":"get"') } },
}));

authorizerContract({
  name: "webhook",
  create: () =>
    new AuthzWebhook(
      {
        kubeconfig: hook.kubeconfig,
        version: "v1",
        authorizedSeconds: 10,
        unauthorizedSeconds: 10,
        timeoutSeconds: 5,
        attempts: 1,
        failurePolicy: "NoOpinion",
        matchConditions: [],
      },
      new KeptLogger(),
      new FolderPaths("/"),
      new CountedMetrics(),
    ),
  allows: [authorizationAttributes()],
  withholds: [authorizationAttributes({ verb: "delete" })],
});
