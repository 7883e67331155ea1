import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Admission,
  type AdmissionAttributes,
  ApiObject,
  Client,
  definePlugin,
  Field,
  Injectable,
  type Lister,
  ListerOf,
  Logger,
  Resource,
  Spec,
} from "@quarterdeck/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./start-test-server.js";
import { readLines, readResponse } from "./test-response.js";

class GadgetSpec {
  @Field({ type: "integer", default: 3 }) size!: number;
}

@Resource({ group: "example.com", version: "v1", kind: "Gadget" })
class Gadget extends ApiObject<GadgetSpec> {
  @Spec() override spec!: GadgetSpec;
}

/** Lets no more gadgets be made than there are namespaces, and keeps a count of them in a configmap. */
@Injectable()
class GadgetLimit implements Admission {
  constructor(
    private readonly logger: Logger,
    private readonly client: Client,
    @ListerOf(Gadget) private readonly gadgets: Lister<Gadget>,
    @ListerOf({ group: "", resource: "namespaces" }) private readonly namespaces: Lister,
  ) {}

  async validate({ resource, operation }: AdmissionAttributes): Promise<void> {
    if (operation !== "CREATE" || resource.resource !== "gadgets") return;
    const count = this.gadgets.list().length;
    this.logger.info("counting", { count, namespaces: this.namespaces.list().length });
    const maps = this.client.resource({ group: "", resource: "configmaps" });
    await maps.create({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: `count-${count}`, namespace: "default" },
    });
  }
}

const limit = definePlugin({ kind: "admission", name: "gadget-limit", plugin: GadgetLimit });

describe("startTestServer", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({ resources: [Gadget], config: { admission: ["namespace-lifecycle", limit] } });
  });
  afterAll(() => server.stop());

  it("is ready, and has written a kubeconfig for its owner only", async () => {
    expect((await server.request("/readyz", { as: "anonymous" })).text()).toBe("ok");
    expect((await stat(server.kubeconfig)).mode & 0o777).toBe(0o600);
    expect(await readFile(server.kubeconfig, "utf8")).toContain(`server: ${server.url}\n`);
  });

  it("has made the namespaces that must exist", async () => {
    const list = (await server.request("/api/v1/namespaces")).json<{ items: { metadata: { name: string } }[] }>();
    expect(list.items.map((one) => one.metadata.name)).toEqual([
      "default",
      "kube-node-lease",
      "kube-public",
      "kube-system",
    ]);
  });

  it.each([1, 2] as const)("knows its callers over HTTP/%i", async (http) => {
    const path = "/api/v1/namespaces/default/configmaps";
    expect((await server.request(path, { http })).status).toBe(200);
    expect((await server.request(path, { http, as: "anonymous" })).status).toBe(403);
    expect((await server.request(path, { http, as: { token: "nobody-has-this" } })).status).toBe(401);
  });

  it("injects listers, client and logger into a plugin, which work in a request", async () => {
    const body = { apiVersion: "example.com/v1", kind: "Gadget", metadata: { name: "a" } };
    const path = "/apis/example.com/v1/namespaces/default/gadgets";
    const created = await server.request(path, { method: "POST", body });
    expect({ status: created.status, ...created.json<object>() }).toMatchObject({ status: 201, kind: "Gadget" });
    expect(server.logs).toContainEqual({
      level: "info",
      message: "counting",
      fields: { plugin: "gadget-limit", count: 0, namespaces: 4 },
    });
    expect((await server.request("/api/v1/namespaces/default/configmaps/count-0")).status).toBe(200);
  });

  it("keeps an answer for those who read it late", async () => {
    const answer = await server.open("/version");
    // By then both sides of its HTTP/2 stream are closed.
    await server.request("/version");
    const { text } = await readResponse(answer);
    expect(JSON.parse(text())).toHaveProperty("gitVersion");
  });

  it("gives the events of a watch as they come", async () => {
    const watch = await server.open("/api/v1/namespaces/kube-public/configmaps?watch=1");
    const events = readLines<{ type: string; object: { metadata: { name: string } } }>(watch);
    const body = { metadata: { name: "seen" } };
    await server.request("/api/v1/namespaces/kube-public/configmaps", { method: "POST", body });
    const { value } = await events.next();
    expect(value).toMatchObject({ type: "ADDED", object: { metadata: { name: "seen" } } });
    watch.close();
  });

  it("knows the bearer of a token, and says which plugin could not start", async () => {
    const tokens = join(server.data, "tokens.csv");
    await writeFile(tokens, 't-1,ann,7,"system:masters"\n');
    const authentication = [["token-file", { path: "tokens.csv" }] as const];
    const other = await startTestServer({ directory: server.data, config: { authentication } });
    expect((await other.request("/api/v1/namespaces", { as: { token: "t-1" } })).status).toBe(200);
    expect((await other.request("/api/v1/namespaces", { as: { token: "t-2" } })).status).toBe(401);
    await other.stop();
    await expect(startTestServer({ directory: "/nowhere", config: { authentication } })).rejects.toThrow(
      /^plugin "token-file" \(authentication\[0\] in test config\) could not start: ENOENT/,
    );
  });

  it("removes its data at the end, and says what is wrong with a config", async () => {
    const other = await startTestServer();
    await other.stop();
    await expect(stat(other.data)).rejects.toThrow("ENOENT");
    await expect(startTestServer({ config: { admission: ["namespace-livecycle"] } })).rejects.toMatchObject({
      nearest: "namespace-lifecycle",
    });
  });

  it("makes certificates of other users", async () => {
    const server = await startTestServer({ config: { authorization: ["always-allow"] } });
    try {
      const as = await server.certificateOf("ann", ["devs"]);
      const body = { metadata: { name: "of-ann" } };
      await server.request("/api/v1/namespaces/default/configmaps", { method: "POST", body, as });
      const history = await server.request("/quarterdeck/v1/history?resource=configmaps&namespace=default&name=of-ann");
      expect(history.text()).toContain('"ann"');
    } finally {
      await server.stop();
    }
  });
});
