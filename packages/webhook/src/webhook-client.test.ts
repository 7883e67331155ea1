import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { KeptLogger } from "@quarterdeck/testing/doubles";
import { startWebhook, type TestWebhook } from "@quarterdeck/testing/webhook";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebhookClient, type WebhookOptions } from "./webhook-client.js";
import { WebhookError } from "./webhook-error.js";

let hook: TestWebhook;
let clients: WebhookClient[];
let changes: Map<string, () => void>;
let logger: KeptLogger;
beforeEach(async () => {
  hook = await startWebhook(({ body }) => ({ json: { got: body } }));
  clients = [];
  changes = new Map();
  logger = new KeptLogger();
});
afterEach(async () => {
  for (const client of clients) client.stop();
  await hook.stop();
});

async function started(options: Partial<WebhookOptions> = {}): Promise<WebhookClient> {
  const watch = (path: string, onChange: () => void) => {
    changes.set(path, onChange);
    return () => changes.delete(path);
  };
  const client = new WebhookClient({ kubeconfig: hook.kubeconfig, backoff: 5, ...options }, { logger, watch });
  clients.push(client);
  await client.start();
  return client;
}

async function failure(run: () => Promise<unknown>): Promise<unknown> {
  return run().then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("WebhookClient", () => {
  it("posts JSON with the client certificate of the kubeconfig and gives the answer", async () => {
    const client = await started();
    expect(await client.post({ a: 1 })).toEqual({ got: { a: 1 } });
    expect(hook.calls).toMatchObject([{ path: "/review", client: "apiserver", body: { a: 1 } }]);
  });

  it("tries again after 429, 5xx and lost connections, and not after 400", async () => {
    const answers = [
      { json: {}, status: 503 },
      "reset" as const,
      { json: {}, status: 429, headers: { "retry-after": "0" } },
      { json: { ok: true } },
    ];
    hook.answer(() => answers.shift() ?? "reset");
    const client = await started();
    expect(await client.post({})).toEqual({ ok: true });
    expect(hook.calls).toHaveLength(4);
    hook.answer(() => ({ json: { secret: "in the answer" }, status: 400 }));
    const error = await failure(() => client.post({ token: "hidden" }));
    expect(error).toBeInstanceOf(WebhookError);
    expect(error).toMatchObject({ status: 400, message: `${hook.url} answered 400` });
    expect(hook.calls).toHaveLength(5);
  });

  it("gives up after its attempts, when the time is up, and when the caller does", async () => {
    hook.answer(() => ({ json: {}, status: 500 }));
    const client = await started({ attempts: 3 });
    expect(await failure(() => client.post({}))).toMatchObject({ status: 500 });
    expect(hook.calls).toHaveLength(3);
    hook.answer(() => "hang");
    const hasty = await started({ timeout: 50 });
    expect(await failure(() => hasty.post({}))).toMatchObject({ message: `${hook.url} did not answer in time` });
    const controller = new AbortController();
    const pending = failure(() => client.post({}, controller.signal));
    controller.abort(new RangeError("enough"));
    expect(await pending).toEqual(new RangeError("enough"));
  });

  it("survives an outage: what is asked meanwhile waits for the webhook to come back", async () => {
    const client = await started({ attempts: 50 });
    await hook.pause();
    const pending = client.post({ b: 2 });
    await hook.resume();
    expect(await pending).toEqual({ got: { b: 2 } });
  });

  it("refuses answers that are too long or no JSON", async () => {
    const client = await started({ maxAnswerBytes: 100 });
    hook.answer(() => ({ json: "x".repeat(200) }));
    expect(await failure(() => client.post({}))).toMatchObject({ message: `${hook.url} answered more than 100 bytes` });
  });

  it("does not talk to a server that the kubeconfig's authority has not signed", async () => {
    const other = await startWebhook(() => ({ json: {} }));
    try {
      const file = join(dirname(hook.kubeconfig), "mixed");
      await writeFile(file, (await readFile(hook.kubeconfig, "utf8")).replace(hook.url, other.url));
      const client = await started({ kubeconfig: file });
      expect(await failure(() => client.post({}))).toBeInstanceOf(WebhookError);
      expect(other.calls).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  it("follows a kubeconfig that changes, and keeps the old one when the new one is bad", async () => {
    const client = await started();
    const good = await readFile(hook.kubeconfig, "utf8");
    await writeFile(hook.kubeconfig, "{}");
    changes.get(hook.kubeconfig)?.();
    await expect.poll(() => logger.text).toContain("has no current-context");
    expect(await client.post({ c: 3 })).toEqual({ got: { c: 3 } });
    await writeFile(hook.kubeconfig, good.replace("/review", "/moved"));
    changes.get(hook.kubeconfig)?.();
    await expect.poll(() => logger.text).toContain("read the changed kubeconfig of a webhook");
    await client.post({});
    expect(hook.calls.at(-1)?.path).toBe("/moved");
  });
});
