import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { startWebhook, type TestWebhook, type WebhookCall } from "@quarterdeck/testing/webhook";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import plugin from "./index.js";
import { readVerdict } from "./read-verdict.js";

interface Review {
  readonly spec: { readonly resourceAttributes?: { readonly resource?: string; readonly verb?: string } };
}

function isReview(body: unknown): body is Review {
  return typeof body === "object" && body !== null && "spec" in body;
}

/** Allows config maps, denies secrets, has no opinion on the rest. */
function reviewed({ body }: WebhookCall) {
  const { resource } = (isReview(body) ? body.spec.resourceAttributes : undefined) ?? {};
  if (resource === "configmaps") return { json: { status: { allowed: true, reason: "maps are free" } } };
  if (resource === "secrets") return { json: { status: { allowed: false, denied: true, reason: "secrets are mine" } } };
  return { json: { status: { allowed: false } } };
}

let hook: TestWebhook;
let server: TestServer | undefined;
beforeEach(async () => {
  hook = await startWebhook(reviewed);
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await hook.stop();
});

async function start(options: object = {}, others: readonly string[] = []): Promise<TestServer> {
  const entry = [plugin, { kubeconfig: hook.kubeconfig, ...options }] as const;
  server = await startTestServer({ config: { authorization: [entry, ...others] } });
  return server;
}

const path = (resource: string) => `/api/v1/namespaces/default/${resource}`;

describe("the authorization webhook", () => {
  it("allows, denies and leaves it to others, with its reasons", async () => {
    const running = await start({}, ["always-allow"]);
    const as = await running.certificateOf("ann", ["devs"]);
    expect((await running.request(path("configmaps"), { as })).status).toBe(200);
    const denied = await running.request(path("secrets"), { as });
    expect(denied.json()).toMatchObject({
      code: 403,
      message: expect.stringMatching(/User "ann" cannot list resource "secrets".*: secrets are mine$/),
    });
    expect((await running.request(path("events"), { as })).status).toBe(200);
  });

  it("is asked the whole of the question", async () => {
    const running = await start();
    const as = await running.certificateOf("ann", ["devs"]);
    const query = "labelSelector=app+in+(a,b),!old&fieldSelector=metadata.name%3Dx&watch=0";
    await running.request(`${path("configmaps")}?${query}`, { as });
    await running.request("/metrics", { as });
    expect(hook.calls.map(({ body }) => body)).toEqual([
      {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SubjectAccessReview",
        metadata: {},
        spec: {
          resourceAttributes: {
            namespace: "default",
            verb: "list",
            version: "v1",
            resource: "configmaps",
            name: "x",
            fieldSelector: { requirements: [{ key: "metadata.name", operator: "In", values: ["x"] }] },
            labelSelector: {
              requirements: [
                { key: "app", operator: "In", values: ["a", "b"] },
                { key: "old", operator: "DoesNotExist" },
              ],
            },
          },
          user: "ann",
          groups: ["devs", "system:authenticated"],
          extra: { "authentication.kubernetes.io/credential-id": [expect.stringMatching(/^X509SHA256=/)] },
        },
      },
      {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SubjectAccessReview",
        metadata: {},
        spec: expect.objectContaining({ nonResourceAttributes: { path: "/metrics", verb: "get" }, user: "ann" }),
      },
    ]);
  });

  it("is asked once for what is asked again, and each time for what must not be kept", async () => {
    const running = await start({ unauthorizedSeconds: 0 });
    const as = await running.certificateOf("ann");
    for (let times = 0; times < 3; times++) await running.request(path("configmaps"), { as });
    expect(hook.calls).toHaveLength(1);
    for (let times = 0; times < 3; times++) await running.request(path("secrets"), { as });
    expect(hook.calls).toHaveLength(4);
  });

  it.each([
    ["NoOpinion", 200],
    ["Deny", 403],
  ])("means %s when it cannot be asked, and tells the address to the log alone", async (failurePolicy, status) => {
    const running = await start({ failurePolicy, attempts: 1 }, ["always-allow"]);
    await hook.pause();
    const as = await running.certificateOf("ann");
    const answer = await running.request(path("configmaps"), { as });
    expect(answer.status).toBe(status);
    expect(answer.text()).not.toContain("127.0.0.1");
    expect(JSON.stringify(running.logs)).toContain(new URL(hook.url).host);
    await hook.resume();
    expect((await running.request(path("configmaps"), { as })).status).toBe(200);
  });

  it("speaks the older version", async () => {
    const running = await start({ version: "v1beta1" });
    const as = await running.certificateOf("ann", ["devs"]);
    expect((await running.request(path("configmaps"), { as })).status).toBe(200);
    expect(hook.calls[0]?.body).toMatchObject({
      apiVersion: "authorization.k8s.io/v1beta1",
      spec: { group: ["devs", "system:authenticated"] },
    });
  });

  it("is asked only when all conditions hold", async () => {
    const matchConditions = [
      { expression: "has(request.resourceAttributes)" },
      { expression: "request.resourceAttributes.?namespace.orValue('') == 'default'" },
      { expression: "!('system:masters' in request.groups)" },
    ];
    const running = await start({ matchConditions }, ["system-masters"]);
    const as = await running.certificateOf("ann");
    expect((await running.request("/api/v1/namespaces")).status).toBe(200);
    expect((await running.request("/api/v1/namespaces", { as })).status).toBe(403);
    expect((await running.request("/metrics", { as })).status).toBe(403);
    expect(hook.calls).toEqual([]);
    expect((await running.request(path("configmaps"), { as })).status).toBe(200);
    expect(hook.calls).toHaveLength(1);
  });

  it("treats a condition that fails as itself failing, unless another says no", async () => {
    const bad = { expression: "request.nothing == 1" };
    const running = await start({ matchConditions: [bad], failurePolicy: "Deny" }, ["always-allow"]);
    expect((await running.request(path("configmaps"))).status).toBe(403);
    await running.stop();
    const second = await start({ matchConditions: [bad, { expression: "false" }], failurePolicy: "Deny" }, [
      "always-allow",
    ]);
    expect((await second.request(path("configmaps"))).status).toBe(200);
    expect(hook.calls).toEqual([]);
  });

  it("stops the start for a condition that is no expression", async () => {
    await expect(start({ matchConditions: [{ expression: "request." }] })).rejects.toThrow(
      /plugin "webhook".*syntax error/,
    );
  });
});

describe("readVerdict", () => {
  it.each([
    [{}, "the webhook's answer has no status"],
    [{ status: { allowed: true, denied: true } }, "returned both allow and deny"],
  ])("refuses %j", (answer, message) => {
    expect(() => readVerdict(answer)).toThrow(message);
  });

  it("takes nothing but true for allowed", () => {
    expect(readVerdict({ status: { allowed: "true" } })).toEqual({ decision: "no-opinion" });
  });
});
