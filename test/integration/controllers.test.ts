import type { KubeObject } from "@quarterdeck/meta";
import {
  Client,
  type Controller,
  definePlugin,
  Field,
  Injectable,
  Listers,
  ServedResources,
  Services,
} from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, createNamespace } from "./support/api-objects.js";

const MAPS = { group: "", resource: "configmaps" };
const lives: string[] = [];
let tools: Tools;

class ToolsOptions {
  @Field({ default: "nobody" }) name!: string;
}

/** A controller that shows what it was given. */
@Injectable()
class Tools implements Controller {
  constructor(
    readonly options: ToolsOptions,
    readonly client: Client,
    readonly served: ServedResources,
    readonly listers: Listers,
    readonly services: Services,
  ) {
    tools = this;
  }
  async start(): Promise<void> {
    const namespaces = await this.client.resource({ group: "", resource: "namespaces" }).list();
    lives.push(`+${this.options.name} with ${namespaces.length} namespaces`);
  }
  stop(): void {
    lives.push(`-${this.options.name}`);
  }
}

const plugin = definePlugin({ kind: "controller", name: "tools", options: ToolsOptions, plugin: Tools });

describe("a controller", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [[plugin, { name: "one" }]] } });
    await createNamespace(server, "work");
  });
  afterAll(() => server.stop());

  const get = async (path: string) => (await server.request(path)).json<KubeObject>();

  it("is made with its options and starts when the objects are there that must exist", () => {
    expect(lives).toEqual(["+one with 4 namespaces"]);
  });

  it("knows what is served, by name and by kind, and has a lister of each", async () => {
    const { served, listers } = tools;
    expect(served.find(MAPS)).toEqual({
      group: "",
      resource: "configmaps",
      version: "v1",
      kind: "ConfigMap",
      namespaced: true,
      verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
      servedVersions: ["v1"],
    });
    expect(served.findKind("rbac.authorization.k8s.io/v1", "Role")?.resource).toBe("roles");
    expect(served.findKind("rbac.authorization.k8s.io/v2", "Role")).toBeUndefined();
    expect(served.findKind("a/b/c", "Role")).toBeUndefined();
    const heard: string[] = [];
    served.observe(({ type, resource }) => heard.push(`${type} ${resource.resource}`));
    expect(heard).toEqual(served.all().map(({ resource }) => `ADDED ${resource}`));
    await create(server, "/api/v1/namespaces/work/configmaps", { metadata: { name: "listed" } });
    expect(listers.of(MAPS)?.get("listed", "work")?.kind).toBe("ConfigMap");
    expect(listers.of({ group: "apps", resource: "nothings" })).toBeUndefined();
    const reviews = { group: "authorization.k8s.io", resource: "subjectaccessreviews" };
    expect([served.find(reviews)?.verbs, listers.of(reviews)]).toEqual([["create"], undefined]);
  });

  it("patches, and deletes under conditions and by selection", async () => {
    const path = "/api/v1/namespaces/work/configmaps";
    for (const name of ["a", "b", "c"])
      await create(server, path, { metadata: { name, labels: { of: name === "c" ? "others" : "mine" } } });
    const client = tools.client.resource(MAPS);
    const address = { namespace: "work", name: "a" };
    expect(await client.patch(address, { data: { k: "v" } })).toMatchObject({ data: { k: "v" } });
    const type = "application/json-patch+json";
    await client.patch(address, [{ op: "add", path: "/data/l", value: "w" }], { type });
    expect((await get(`${path}/a`)).data).toEqual({ k: "v", l: "w" });
    await expect(client.delete(address, { preconditions: { uid: "other" } })).rejects.toMatchObject({
      reason: "Conflict",
    });
    await client.deleteCollection({ namespace: "work", labelSelector: "of=mine" });
    expect(
      (await client.list({ namespace: "work", labelSelector: "of" })).map(({ metadata }) => metadata.name),
    ).toEqual(["c"]);
  });

  it("writes to the parts of an object", async () => {
    const namespaces = tools.client.resource({ group: "", resource: "namespaces" });
    const made = await namespaces.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "parts" } });
    const finalized = await namespaces.updateSubresource({ ...made, spec: { finalizers: ["a.b/c"] } }, "finalize");
    expect(finalized.spec).toEqual({ finalizers: ["a.b/c"] });
    await expect(namespaces.updateSubresource(made, "nothing")).rejects.toMatchObject({ code: 404 });
    const condition = (type: string) => ({ type, status: "True", lastTransitionTime: null });
    const observed = { phase: "Active", conditions: [condition("First")] };
    const { status } = await namespaces.updateSubresource({ ...finalized, status: observed }, "status");
    expect(status).toEqual(observed);
    const patch = { status: { conditions: [condition("Second")] } };
    expect(await namespaces.patch({ name: "parts" }, patch, { subresource: "status" })).toMatchObject(patch);
  });

  it("ends its requests by a signal", async () => {
    const stopped = new AbortController();
    const client = tools.client.as("tools", stopped.signal).resource(MAPS);
    await client.list();
    stopped.abort(new RangeError("no more"));
    await expect(client.delete({ name: "listed", namespace: "work" })).rejects.toThrow("no more");
    expect((await get("/api/v1/namespaces/work/configmaps/listed")).metadata.name).toBe("listed");
  });

  it("stays until a restart when the config changes, which the log says", async () => {
    await server.reload({ controllers: [[plugin, { name: "two" }]] });
    expect(lives).toEqual(["+one with 4 namespaces"]);
    expect(server.logs.map(({ fields }) => Object(fields).sections)).toContainEqual(["controllers"]);
  });
});

it("is stopped with the server, and named once", async () => {
  lives.length = 0;
  const server = await startTestServer({ config: { controllers: [[plugin, { name: "last" }]] } });
  await server.stop();
  expect(lives).toEqual(["+last with 4 namespaces", "-last"]);
  await expect(startTestServer({ config: { controllers: [plugin, plugin] } })).rejects.toThrow(
    '"tools" is named twice',
  );
});
