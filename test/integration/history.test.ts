import type { KubeObject } from "@quarterdeck/meta";
import {
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  definePlugin,
} from "@quarterdeck/sdk";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const PATH = "/quarterdeck/v1/history";
const OF_ROLLOUTS = "resource=rollouts&group=delivery.example.com&namespace=default";

interface ObjectHistory {
  readonly metadata: { readonly more: boolean; readonly forgottenBefore?: string };
  readonly items: readonly {
    readonly resourceVersion: string;
    readonly type: string;
    readonly user?: string;
    readonly manager?: string;
    readonly time?: string;
    readonly object?: KubeObject;
  }[];
}

/** Allows every path that is no resource. */
class PathsAlone implements Authorizer {
  authorize({ isResourceRequest }: AuthorizationAttributes): AuthorizationDecision {
    return { decision: isResourceRequest ? "no-opinion" : "allow" };
  }
}

describe("the history of an object", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  const historyOf = async (query: string): Promise<ObjectHistory> => {
    const response = await server.request(`${PATH}?${query}`);
    expect(response.status, response.text()).toBe(200);
    return response.json<ObjectHistory>();
  };

  it("tells its states and its end, newest first, and who wrote them", async () => {
    const path = `${rolloutsOf("default")}/web`;
    const headers = { "user-agent": "kubectl/v1.37 (linux/amd64)" };
    await server.request(rolloutsOf("default"), { method: "POST", body: rollout("web"), headers });
    const patch = { spec: { replicas: 4 } };
    const merge = { ...headers, "content-type": "application/merge-patch+json" };
    const patched = objectOf(
      await server.request(path, { method: "PATCH", body: JSON.stringify(patch), headers: merge }),
    );
    await server.request(path, { method: "DELETE", headers });
    const { items, metadata } = await historyOf(`${OF_ROLLOUTS}&name=web`);
    expect(metadata).toEqual({ more: false });
    expect(items.map(({ type, user }) => [type, user])).toEqual([
      ["deleted", "kubernetes-admin"],
      ["updated", "kubernetes-admin"],
      ["created", "kubernetes-admin"],
    ]);
    expect(items[1]?.object).toEqual(patched);
    expect(items[1]?.manager).toBe("kubectl");
    expect(items[1]?.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(items[0]).not.toHaveProperty("object");
    expect(items[2]?.object?.metadata.resourceVersion).toBe(items[2]?.resourceVersion);
    const page = await historyOf(`${OF_ROLLOUTS}&name=web&limit=1`);
    expect(page.metadata.more).toBe(true);
    const rest = await historyOf(`${OF_ROLLOUTS}&name=web&before=${page.items[0]?.resourceVersion}`);
    expect([...page.items, ...rest.items]).toEqual(items);
  });

  it("is told in the version that is asked for", async () => {
    await create(server, rolloutsOf("default"), rollout("versions"));
    const { items } = await historyOf(`${OF_ROLLOUTS}&name=versions&version=v1beta1`);
    expect(items[0]?.object?.apiVersion).toBe("delivery.example.com/v1beta1");
  });

  it.each([
    ["", 400, "BadRequest", "the query must say resource"],
    ["resource=configmaps&namespace=default", 400, "BadRequest", "the query must say name"],
    ["resource=configmaps&name=a", 400, "BadRequest", "configmaps needs a namespace"],
    ["resource=namespaces&namespace=x&name=a", 400, "BadRequest", "namespaces has no namespace"],
    [
      "resource=configmaps&namespace=a/b&name=a",
      400,
      "BadRequest",
      "Namespace parameter invalid: \"a/b\": may not contain '/'",
    ],
    [`${OF_ROLLOUTS}&name=a&before=x`, 400, "BadRequest", 'before must be a resourceVersion: "x"'],
    ["resource=widgetz&name=a", 404, "NotFound", "the server could not find the requested resource"],
    [`${OF_ROLLOUTS}&name=a&version=v9`, 404, "NotFound", "the server could not find the requested resource"],
    [`${OF_ROLLOUTS}&name=never`, 404, "NotFound", 'rollouts.delivery.example.com "never" not found'],
  ])("answers %s with %i", async (query, code, reason, message) => {
    const response = await server.request(`${PATH}?${query}`);
    expect([response.status, response.json<{ reason: string; message: string }>()]).toMatchObject([
      code,
      { reason, message },
    ]);
  });

  it("is for GET alone", async () => {
    const response = await server.request(`${PATH}?${OF_ROLLOUTS}&name=a`, { method: "DELETE" });
    expect(response.status).toBe(405);
  });

  it("needs the right to get the object beside the right to the path", async () => {
    const paths = definePlugin({ kind: "authorizer", name: "paths", plugin: PathsAlone });
    const other = await startExampleServer({ authorization: ["system-masters", paths] });
    try {
      await create(other, rolloutsOf("default"), rollout("hidden"));
      expectFailure(
        await other.request(`${PATH}?${OF_ROLLOUTS}&name=hidden`, { as: "anonymous" }),
        403,
        "Forbidden",
        'rollouts.delivery.example.com "hidden" is forbidden: User "system:anonymous" cannot get resource "rollouts" in API group "delivery.example.com" in the namespace "default"',
        { name: "hidden", group: "delivery.example.com", kind: "rollouts" },
      );
      expect((await other.request("/version", { as: "anonymous" })).status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it("needs the right to the path", async () => {
    expectFailure(
      await server.request(`${PATH}?${OF_ROLLOUTS}&name=a`, { as: "anonymous" }),
      403,
      "Forbidden",
      `forbidden: User "system:anonymous" cannot get path "${PATH}"`,
      {},
    );
  });
});
