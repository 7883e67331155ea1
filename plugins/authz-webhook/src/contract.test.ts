import { type Counter, type Gauge, type Histogram, Logger, Metrics, Paths } from "@quarterdeck/sdk";
import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { startWebhook } from "@quarterdeck/testing/webhook";
import { AuthzWebhook } from "./authz-webhook.js";

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

class NoMetrics extends Metrics {
  counter(): Counter {
    return { increment() {}, series: () => ({ increment() {} }) };
  }
  gauge(): Gauge {
    return { set() {}, series: () => ({ set() {}, add() {} }) };
  }
  histogram(): Histogram {
    return { observe() {}, series: () => ({ observe() {} }) };
  }
}

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
      new Silent(),
      new PlainPaths(),
      new NoMetrics(),
    ),
  allows: [authorizationAttributes()],
  withholds: [authorizationAttributes({ verb: "delete" })],
});
