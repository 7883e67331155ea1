import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiObject, Field, Resource, Spec } from "@quarterdeck/sdk";
import { readLines, startTestServer, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

class RolloutSpec {
  @Field() image?: string;
}

@Resource({ group: "delivery.example.com", version: "v1", kind: "Rollout" })
class Rollout extends ApiObject<RolloutSpec> {
  @Spec() override spec?: RolloutSpec;
}

const NAMESPACES = "/api/v1/namespaces";
const HELD = ["example.com/held"];

/** A server with what these tests do to namespaces and their content. */
class Scene {
  constructor(readonly server: TestServer) {}

  post(path: string, body: object): Promise<TestResponse> {
    return this.server.request(path, { method: "POST", body });
  }

  async make(name: string): Promise<void> {
    expect((await this.post(NAMESPACES, { metadata: { name } })).status).toBe(201);
  }

  configMap(namespace: string, name: string, finalizers: readonly string[] = []): Promise<TestResponse> {
    return this.post(`${NAMESPACES}/${namespace}/configmaps`, { metadata: { name, finalizers } });
  }

  rollout(namespace: string, name: string): Promise<TestResponse> {
    return this.post(`/apis/delivery.example.com/v1/namespaces/${namespace}/rollouts`, { metadata: { name } });
  }

  delete(name: string): Promise<TestResponse> {
    return this.server.request(`${NAMESPACES}/${name}`, { method: "DELETE" });
  }

  /** Takes the finalizers of a config map away. */
  release(namespace: string, name: string): Promise<TestResponse> {
    return this.server.request(`${NAMESPACES}/${namespace}/configmaps/${name}`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: '{"metadata":{"finalizers":null}}',
    });
  }

  finalize(name: string, finalizers: readonly string[], metadata: object = {}): Promise<TestResponse> {
    const body = { apiVersion: "v1", kind: "Namespace", metadata: { name, ...metadata }, spec: { finalizers } };
    return this.server.request(`${NAMESPACES}/${name}/finalize`, { method: "PUT", body });
  }

  /** Resolves when the namespace is gone; a test that waits in vain ends by its timeout. */
  async gone(name: string): Promise<void> {
    const watch = await this.server.open(`${NAMESPACES}?watch=1&fieldSelector=metadata.name%3D${name}`);
    const events = readLines<{ type: string }>(watch);
    // The stream begins with the namespace as it stands; with none it would tell of nothing.
    if ((await this.server.request(`${NAMESPACES}/${name}`)).status !== 404) {
      for await (const { type } of events) if (type === "DELETED") break;
    }
    watch.close();
  }
}

describe("a deleted namespace", () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = new Scene(await startTestServer({ resources: [Rollout] }));
  });
  afterAll(() => scene.server.stop());

  it("goes with all that it holds", async () => {
    await scene.make("demo");
    const names = Array.from({ length: 50 }, (_, index) => `a-${index}`);
    await Promise.all(names.map((name) => scene.configMap("demo", name)));
    await Promise.all(names.slice(0, 5).map((name) => scene.rollout("demo", name)));
    await scene.configMap("default", "stays");
    const answer = await scene.delete("demo");
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      kind: "Namespace",
      metadata: { name: "demo", deletionTimestamp: expect.any(String) },
      spec: { finalizers: ["kubernetes"] },
      status: { phase: "Terminating" },
    });
    expect(answer.text()).not.toContain("deletionGracePeriodSeconds");
    await scene.gone("demo");
    expect((await scene.server.request(`${NAMESPACES}/demo`)).status).toBe(404);
    for (const path of [`${NAMESPACES}/demo/configmaps`, "/apis/delivery.example.com/v1/rollouts"]) {
      expect((await scene.server.request(path)).json()).toMatchObject({ items: [] });
    }
    expect((await scene.server.request(`${NAMESPACES}/default/configmaps/stays`)).status).toBe(200);
  });

  it("waits for content that has finalizers, takes nothing new in, and goes after it", async () => {
    await scene.make("slow");
    await scene.configMap("slow", "held", HELD);
    await scene.configMap("slow", "free");
    await scene.delete("slow");
    const refused = await scene.configMap("slow", "late");
    expect(refused.json()).toMatchObject({
      code: 403,
      reason: "Forbidden",
      message:
        'configmaps "late" is forbidden: unable to create new content in namespace slow because it is being terminated',
      details: { causes: [{ reason: "NamespaceTerminating", field: "metadata.namespace" }] },
    });
    expect((await scene.server.request(`${NAMESPACES}/slow`)).json()).toMatchObject({
      status: { phase: "Terminating" },
    });
    expect((await scene.delete("slow")).json()).toMatchObject({ status: { phase: "Terminating" } });
    expect((await scene.release("slow", "held")).status).toBe(200);
    await scene.gone("slow");
    expect((await scene.server.request(`${NAMESPACES}/slow/configmaps`)).json()).toMatchObject({ items: [] });
  });

  it("may be made again, which is another one", async () => {
    await scene.make("again");
    const first = (await scene.delete("again")).json<{ metadata: { uid: string } }>();
    await scene.gone("again");
    await scene.make("again");
    const second = (await scene.server.request(`${NAMESPACES}/again`)).json<{ metadata: { uid: string } }>();
    expect(second.metadata.uid).not.toBe(first.metadata.uid);
  });

  it("keeps its own finalizers whatever an update says", async () => {
    await scene.make("kept");
    const answer = await scene.server.request(`${NAMESPACES}/kept`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: '{"spec":{"finalizers":[]},"metadata":{"labels":{"a":"b"}}}',
    });
    expect(answer.json()).toMatchObject({ metadata: { labels: { a: "b" } }, spec: { finalizers: ["kubernetes"] } });
  });
});

it("a namespace whose server was stopped on the way goes after the next start", async () => {
  const data = await mkdtemp(join(tmpdir(), "quarterdeck-namespaces-"));
  const config = { storage: "level", server: { data } };
  const first = new Scene(await startTestServer({ config: { ...config, controllers: [] } }));
  await first.make("demo");
  await first.configMap("demo", "a");
  await first.delete("demo");
  await first.server.stop();
  const second = new Scene(await startTestServer({ config }));
  await second.gone("demo");
  expect((await second.server.request(`${NAMESPACES}/demo/configmaps`)).json()).toMatchObject({ items: [] });
  await second.server.stop();
  await rm(data, { recursive: true });
});

describe("without the controller", () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = new Scene(await startTestServer({ config: { controllers: [] } }));
  });
  afterAll(() => scene.server.stop());

  it("a deleted namespace stays, empty or not, until somebody finalizes it", async () => {
    await scene.make("demo");
    await scene.delete("demo");
    await scene.delete("demo");
    expect((await scene.server.request(`${NAMESPACES}/demo`)).json()).toMatchObject({
      status: { phase: "Terminating" },
      spec: { finalizers: ["kubernetes"] },
    });
    const stale = await scene.finalize("demo", [], { resourceVersion: "1" });
    expect(stale.json()).toMatchObject({ code: 409, reason: "Conflict" });
    const last = await scene.finalize("demo", []);
    expect(last.json()).toMatchObject({
      kind: "Namespace",
      metadata: { name: "demo" },
      status: { phase: "Terminating" },
    });
    expect((await scene.server.request(`${NAMESPACES}/demo`)).status).toBe(404);
  });

  it("both kinds of finalizers must be gone, and one that lives is not deleted by being finalized", async () => {
    expect((await scene.post(NAMESPACES, { metadata: { name: "both", finalizers: HELD } })).status).toBe(201);
    expect((await scene.finalize("both", ["example.com/own"], { finalizers: HELD })).json()).toMatchObject({
      spec: { finalizers: ["example.com/own"] },
      status: { phase: "Active" },
    });
    await scene.delete("both");
    await scene.finalize("both", [], { finalizers: HELD });
    expect((await scene.server.request(`${NAMESPACES}/both`)).status).toBe(200);
    const answer = await scene.server.request(`${NAMESPACES}/both`, {
      method: "PATCH",
      headers: { "content-type": "application/merge-patch+json" },
      body: '{"metadata":{"finalizers":null}}',
    });
    expect(answer.status).toBe(200);
    expect((await scene.server.request(`${NAMESPACES}/both`)).status).toBe(404);
  });

  it("a name that no finalizer may have is refused", async () => {
    await scene.make("strict");
    expect((await scene.finalize("strict", ["mine"])).json()).toMatchObject({
      code: 422,
      details: { causes: [{ field: "spec.finalizers[0]" }] },
    });
  });

  it("discovery names finalize with the kind Namespace", async () => {
    const { resources } = (await scene.server.request("/api/v1")).json<{ resources: { name: string }[] }>();
    expect(resources).toContainEqual({
      name: "namespaces/finalize",
      singularName: "",
      namespaced: false,
      kind: "Namespace",
      verbs: ["update"],
    });
  });
});
