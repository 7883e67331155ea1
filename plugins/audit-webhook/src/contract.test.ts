import { auditContract } from "@quarterdeck/testing/audit-contract";
import { CountedMetrics, FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { startWebhook, type TestWebhook } from "@quarterdeck/testing/webhook";
import { AuditWebhook } from "./audit-webhook.js";

let hook: TestWebhook | undefined;

function isList(body: unknown): body is { readonly items: readonly { readonly auditID: string }[] } {
  return typeof body === "object" && body !== null && "items" in body;
}

auditContract({
  name: "webhook",
  async create() {
    hook = await startWebhook(() => ({ json: {} }));
    const options = {
      kubeconfig: hook.kubeconfig,
      mode: "batch" as const,
      timeoutSeconds: 5,
      attempts: 2,
      initialBackoffSeconds: 0.01,
      batchBufferSize: 1000,
      batchMaxSize: 7,
      batchMaxWaitSeconds: 0.01,
      batchThrottleQps: 0,
      batchThrottleBurst: 1,
      truncate: false,
      truncateMaxEventBytes: 100_000,
      truncateMaxBatchBytes: 1_000_000,
    };
    return new AuditWebhook(options, new KeptLogger(), new FolderPaths("/"), new CountedMetrics());
  },
  async delivered() {
    const calls = hook?.calls ?? [];
    await hook?.stop();
    return calls.flatMap(({ body }) => (isList(body) ? body.items.map(({ auditID }) => auditID) : []));
  },
});
