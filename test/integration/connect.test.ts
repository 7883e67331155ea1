import {
  type AdmissionAttributes,
  ApiObject,
  type AuthorizationAttributes,
  type AuthorizationDecision,
  Client,
  type ConnectContext,
  definePlugin,
  deny,
  Field,
  Resource,
  Spec,
  Subresource,
  type SubresourceContext,
} from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, objectOf } from "./support/api-objects.js";
import { expectFailure } from "./support/expect-failure.js";

class BuoySpec {
  @Field() light?: string;
  @Field() keeper?: string;
}

/** The query of `listen`. */
class ListenOptions {
  @Field({ type: "boolean", default: false }) follow!: boolean;
  @Field({ type: "integer", minimum: 0 }) tailLines?: number;
}

/** The body of `sink`. */
class SinkRequest {
  @Field() reason?: string;
}

@Resource({
  group: "harbour.example.com",
  version: "v1",
  kind: "Buoy",
  plural: "buoys",
  parts: [{ name: "light", verbs: ["update"] }],
})
class Buoy extends ApiObject<BuoySpec> {
  @Spec() override spec?: BuoySpec;

  override prepareForPartUpdate(old: this): void {
    this.spec = { ...old.spec, light: this.spec?.light ?? "dark" };
  }

  @Subresource("listen", { verbs: ["get", "create"], connect: true })
  listen(options: ListenOptions, { verb, method, path, address }: ConnectContext): object {
    return { heard: this.metadata.name, light: this.spec?.light, options, verb, method, path, address };
  }

  @Subresource("log", { verbs: ["get"], connect: "read", kind: "Buoy" })
  log(_options: object, { exchange }: ConnectContext): void {
    exchange.res.statusCode = 200;
    exchange.res.setHeader("Content-Type", "text/plain");
    exchange.res.end("rings\n");
  }

  @Subresource("proxy", {
    verbs: ["create", "delete", "get", "patch", "update"],
    connect: "proxy",
    kind: "BuoyProxyOptions",
  })
  async proxy(_options: object, { verb, method, path, query, address, exchange }: ConnectContext): Promise<object> {
    const chunks: Buffer[] = [];
    for await (const chunk of exchange.req) chunks.push(Buffer.from(chunk));
    return { verb, method, path, query: [...query], address, body: Buffer.concat(chunks).toString() };
  }

  @Subresource("silent", { verbs: ["get"], connect: true })
  silent(): void {}

  /** Deletes the buoy, if it is still the one that was seen, and writes down who did. */
  @Subresource("sink")
  async sink(request: SinkRequest, context: SubresourceContext): Promise<object> {
    const client = context.services.find(Client)?.within(context);
    if (client === undefined) throw new TypeError("there is no client");
    const { name = "", namespace = "", uid } = this.metadata;
    const { annotations = {}, resourceVersion } = context.metadata;
    await client.resource(Buoy).delete(
      { name, namespace },
      {
        preconditions: {
          ...(uid === undefined ? {} : { uid }),
          ...(resourceVersion === undefined ? {} : { resourceVersion }),
        },
      },
    );
    const log = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: `sunk-${name}`, namespace, annotations } };
    await client
      .resource({ group: "", resource: "configmaps" })
      .create({ ...log, data: { reason: request.reason ?? "" } });
    return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };
  }
}

/** Asked for in a namespace, it does what the subresource of the buoy does, as `bindings` do for pods. */
@Resource({ group: "harbour.example.com", version: "v1", kind: "Sinking", stored: false })
class Sinking extends ApiObject {
  override async answer(context: Parameters<NonNullable<ApiObject["answer"]>>[0]): Promise<object> {
    const client = context.services.find(Client)?.within(context);
    const { name = "", namespace = "", annotations } = this.metadata;
    const input = { metadata: { name, annotations }, reason: "asked" };
    return (await client?.resource(Buoy).createSubresource({ name, namespace }, "sink", input)) ?? {};
  }
}

const HARBOUR = "/apis/harbour.example.com/v1/namespaces/default";
const BUOYS = `${HARBOUR}/buoys`;

describe("subresources that are connected to", () => {
  let server: TestServer;
  const admitted: AdmissionAttributes[] = [];
  const asked: AuthorizationAttributes[] = [];
  const watcher = definePlugin({
    kind: "admission",
    name: "watches-buoys",
    plugin: class {
      mutate(attributes: AdmissionAttributes) {
        if (attributes.resource.resource === "buoys" && attributes.subresource !== "") admitted.push(attributes);
        if (attributes.operation === "CONNECT" && attributes.name === "forbidden") return deny("nobody listens here");
        return undefined;
      }
    },
  });
  const authorizer = definePlugin({
    kind: "authorizer",
    name: "allows-all",
    plugin: class {
      authorize(attributes: AuthorizationAttributes): AuthorizationDecision {
        if (attributes.resource === "buoys") asked.push(attributes);
        return { decision: "allow" };
      }
    },
  });

  beforeAll(async () => {
    const config = { admission: ["namespace-lifecycle", watcher], authorization: [authorizer] };
    server = await startTestServer({ config, resources: [Buoy, Sinking] });
    await create(server, BUOYS, buoy("north", { light: "red" }));
  });
  afterAll(() => server.stop());

  function buoy(name: string, spec: object = {}): object {
    return { apiVersion: "harbour.example.com/v1", kind: "Buoy", metadata: { name }, spec };
  }

  it("run their method on the object, with the query as options", async () => {
    admitted.length = 0;
    const response = await server.request(`${BUOYS}/north/listen?follow&tailLines=3&zzz=1`, { method: "POST" });
    expect(response.status).toBe(200);
    expect(response.json()).toEqual({
      heard: "north",
      light: "red",
      options: { follow: true, tailLines: 3 },
      verb: "create",
      method: "POST",
      path: "",
      address: { scheme: "", name: "north", port: "" },
    });
    expect(admitted).toMatchObject([
      {
        operation: "CONNECT",
        subresource: "listen",
        name: "north",
        kind: { group: "harbour.example.com", version: "v1", kind: "ListenOptions" },
        object: { kind: "ListenOptions", follow: true, tailLines: 3 },
        oldObject: undefined,
        dryRun: false,
      },
    ]);
    expect(asked.at(-1)).toMatchObject({ verb: "create", subresource: "listen", name: "north" });
  });

  it("are refused by admission, for bad options, for a dry run, another method and what is not there", async () => {
    expectFailure(
      await server.request(`${BUOYS}/forbidden/listen`),
      403,
      "Forbidden",
      'buoys.harbour.example.com "forbidden" is forbidden: nobody listens here',
      { name: "forbidden", group: "harbour.example.com", kind: "buoys" },
    );
    expect((await server.request(`${BUOYS}/north/listen?tailLines=many`)).status).toBe(400);
    expect((await server.request(`${BUOYS}/north/listen?tailLines=-1`)).status).toBe(422);
    const dry = await server.request(`${BUOYS}/north/listen?dryRun=All`);
    expectFailure(dry, 400, "BadRequest", "dryRun is not supported");
    expect((await server.request(`${BUOYS}/north/listen`, { method: "PUT", body: {} })).status).toBe(405);
    expect((await server.request(`${BUOYS}/nowhere/listen`)).status).toBe(404);
    expect((await server.request(`${BUOYS}/north/listen/deeper`)).status).toBe(404);
  });

  it("may answer by themselves, but must answer", async () => {
    admitted.length = 0;
    const log = await server.request(`${BUOYS}/north/log`);
    expect([log.status, log.text()]).toEqual([200, "rings\n"]);
    expect(admitted).toEqual([]);
    expect((await server.request(`${BUOYS}/north/silent`)).status).toBe(500);
  });

  it("are proxied with method, address, path, query and body as they came", async () => {
    const response = await server.request(`${BUOYS}/https:north:8443/proxy/a/b/?x=1&x=2`, {
      method: "PATCH",
      headers: { "content-type": "text/plain" },
      body: "{no json",
    });
    expect(response.status).toBe(200);
    expect(response.json()).toEqual({
      verb: "patch",
      method: "PATCH",
      path: "/a/b/",
      query: [
        ["x", "1"],
        ["x", "2"],
      ],
      address: { scheme: "https", name: "north", port: "8443" },
      body: "{no json",
    });
    expect(asked.at(-1)).toMatchObject({ verb: "patch", subresource: "proxy", name: "https:north:8443" });
    const plain = await server.request(`${BUOYS}/north/proxy`, { method: "DELETE" });
    expect(plain.json()).toMatchObject({ verb: "delete", path: "", address: { scheme: "", port: "" } });
    expect((await server.request(`${BUOYS}/north/proxy/`)).json()).toMatchObject({ path: "/" });
    expect((await server.request(`${BUOYS}/north/proxy/x`, { method: "OPTIONS" })).json()).toMatchObject({
      verb: "get",
      method: "OPTIONS",
    });
    expect((await server.request(`${BUOYS}/north/proxy/x`, { method: "HEAD" })).status).toBe(200);
    const wrong = await server.request(`${BUOYS}/ftp:north:21/proxy/x`);
    expectFailure(wrong, 400, "BadRequest", 'invalid buoy request "ftp:north:21"');
  });

  it("are in discovery and in the documents as upstream has them", async () => {
    const { resources } = (await server.request("/apis/harbour.example.com/v1")).json<{ resources: object[] }>();
    const row = (name: string, kind: string, verbs: string[]) => ({
      name: `buoys/${name}`,
      singularName: "",
      namespaced: true,
      kind,
      verbs,
    });
    expect(resources).toContainEqual(row("light", "Buoy", ["update"]));
    expect(resources).toContainEqual(row("listen", "ListenOptions", ["create", "get"]));
    expect(resources).toContainEqual(row("log", "Buoy", ["get"]));
    expect(resources).toContainEqual(row("proxy", "BuoyProxyOptions", ["create", "delete", "get", "patch", "update"]));
    const { paths } = (await server.request("/openapi/v3/apis/harbour.example.com/v1")).json<{
      paths: { [path: string]: { [method: string]: { operationId?: string } } };
    }>();
    const below = "/apis/harbour.example.com/v1/namespaces/{namespace}/buoys/{name}";
    expect(paths[`${below}/proxy/{path}`]?.get).toMatchObject({
      operationId: "connectHarbourExampleComV1GetNamespacedBuoyProxyWithPath",
      "x-kubernetes-action": "connect",
    });
    expect(Object.keys(paths[`${below}/light`] ?? {}).sort()).toEqual(["parameters", "put"]);
  });

  it("stand beside parts that have only some verbs", async () => {
    const light = { ...objectOf(await server.request(`${BUOYS}/north`)), spec: { light: "green", keeper: "ann" } };
    const put = await server.request(`${BUOYS}/north/light`, { method: "PUT", body: light });
    expect(objectOf(put)).toMatchObject({ spec: { light: "green" } });
    expect(put.text()).not.toContain('keeper":"ann');
    expect((await server.request(`${BUOYS}/north/light`)).status).toBe(405);
    const patch = { method: "PATCH", headers: { "content-type": "application/merge-patch+json" }, body: "{}" };
    expect((await server.request(`${BUOYS}/north/light`, patch)).status).toBe(405);
  });

  describe("and those that act", () => {
    const sink = (name: string, metadata: object = {}, query = "") =>
      server.request(`${BUOYS}/${name}/sink${query}`, {
        method: "POST",
        body: { metadata: { name, ...metadata }, reason: "old" },
      });
    const exists = async (path: string) => (await server.request(path)).status === 200;
    const maps = "/api/v1/namespaces/default/configmaps";

    it("write as the user of the request, on the state that the body names", async () => {
      const { metadata } = await create(server, BUOYS, buoy("east"));
      expect((await sink("east", { resourceVersion: "1" })).status).toBe(409);
      admitted.length = 0;
      const done = await sink("east", { resourceVersion: metadata.resourceVersion, annotations: { by: "ann" } });
      expect([done.status, done.json()]).toEqual([
        201,
        { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 },
      ]);
      expect(admitted).toMatchObject([
        {
          operation: "CREATE",
          subresource: "sink",
          object: { metadata: { name: "east", annotations: { by: "ann" } } },
        },
      ]);
      expect(await exists(`${BUOYS}/east`)).toBe(false);
      expect(objectOf(await server.request(`${maps}/sunk-east`))).toMatchObject({
        metadata: { annotations: { by: "ann" } },
        data: { reason: "old" },
      });
    });

    it("do nothing on a dry run", async () => {
      await create(server, BUOYS, buoy("west"));
      expect((await sink("west", {}, "?dryRun=All")).status).toBe(201);
      expect(await exists(`${BUOYS}/west`)).toBe(true);
      expect(await exists(`${maps}/sunk-west`)).toBe(false);
    });

    it("are reached by a resource that only acts", async () => {
      await create(server, BUOYS, buoy("south"));
      const body = { apiVersion: "harbour.example.com/v1", kind: "Sinking", metadata: { name: "south" } };
      const missing = await server.request(`${HARBOUR}/sinkings`, {
        method: "POST",
        body: { ...body, metadata: { name: "nowhere" } },
      });
      expectFailure(missing, 404, "NotFound", 'buoys.harbour.example.com "nowhere" not found', {
        name: "nowhere",
        group: "harbour.example.com",
        kind: "buoys",
      });
      const done = await server.request(`${HARBOUR}/sinkings`, { method: "POST", body });
      expect(done.status).toBe(201);
      expect(done.json()).toMatchObject({ kind: "Status", status: "Success", code: 201 });
      expect(await exists(`${BUOYS}/south`)).toBe(false);
    });
  });
});
