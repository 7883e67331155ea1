import type { KubeObject } from "@quarterdeck/meta";
import { readLines, startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nativeObjects } from "./support/native-objects.js";

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

interface Table {
  readonly columnDefinitions: readonly object[];
  readonly rows: readonly { readonly cells: readonly unknown[] }[];
}

const OBJECTS = await nativeObjects();

/** They hold what a key has signed; their tests make such requests. */
const UNTRIED = ["certificates.k8s.io/v1 CertificateSigningRequest", "certificates.k8s.io/v1 PodCertificateRequest"];

const STORED = ["create", "delete", "get", "list", "patch", "update", "watch"];
const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };
const PROTOBUF = "application/vnd.kubernetes.protobuf";

/** What changes with every write. */
function lasting({ metadata, ...rest }: KubeObject): object {
  const { resourceVersion: _revision, managedFields: _owners, generation: _generation, ...kept } = metadata;
  return { ...rest, metadata: kept };
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  for await (const item of items) return [item];
  return [];
}

describe("the native kinds", () => {
  let server: TestServer;
  const resources = new Map<string, ApiResource>();

  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [] } });
    const { groups } = (await server.request("/apis")).json<{
      groups: readonly { versions: readonly { groupVersion: string }[] }[];
    }>();
    const versions = groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion));
    for (const version of ["v1", ...versions]) {
      const path = version.includes("/") ? `/apis/${version}` : `/api/${version}`;
      const list = (await server.request(path)).json<{ resources: readonly ApiResource[] }>();
      for (const one of list.resources) if (!one.name.includes("/")) resources.set(`${version} ${one.kind}`, one);
    }
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "native" } };
    await server.request("/api/v1/namespaces", { method: "POST", body: namespace });
  });
  afterAll(() => server.stop());

  function collection({ apiVersion, kind }: KubeObject): string {
    const resource = resources.get(`${apiVersion} ${kind}`);
    if (resource === undefined) throw new Error(`${apiVersion} ${kind} is not served`);
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    return `${root}${resource.namespaced ? "/namespaces/native" : ""}/${resource.name}`;
  }

  it("are all tried: there is an object of each that is stored", () => {
    const tried = new Set(OBJECTS.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
    const stored = [...resources].filter(([, { verbs }]) => STORED.every((verb) => verbs.includes(verb)));
    const missing = stored.map(([name]) => name).filter((name) => !tried.has(name));
    expect(missing.sort()).toEqual(UNTRIED);
  });

  it.each(OBJECTS.map((object) => [`${object.apiVersion} ${object.kind}`, object] as const))(
    "%s is made, read, told, changed, applied, sent in protobuf and deleted",
    async (_name, object) => {
      const path = collection(object);
      const one = `${path}/${object.metadata.name}`;
      const made = await server.request(path, { method: "POST", body: object });
      expect(made.status, made.text()).toBe(201);
      const created = made.json<KubeObject>();
      expect((await server.request(one)).json()).toEqual(created);

      const { items } = (await server.request(path)).json<{ items: readonly KubeObject[] }>();
      const { kind: _kind, apiVersion: _apiVersion, ...item } = created;
      expect(items.find(({ metadata }) => metadata.name === object.metadata.name)).toEqual(item);

      const table = (await server.request(one, { headers: TABLE })).json<Table>();
      expect(table.rows[0]?.cells).toHaveLength(table.columnDefinitions.length);

      const labelled = await server.request(one, {
        method: "PATCH",
        headers: { "content-type": "application/strategic-merge-patch+json" },
        body: '{"metadata":{"labels":{"changed":"yes"}}}',
      });
      expect(labelled.status, labelled.text()).toBe(200);
      expect(labelled.json()).toMatchObject({ metadata: { labels: { changed: "yes" } } });

      const applied = await server.request(`${one}?fieldManager=tester&force=true`, {
        method: "PATCH",
        headers: { "content-type": "application/apply-patch+yaml" },
        body: JSON.stringify({
          apiVersion: object.apiVersion,
          kind: object.kind,
          metadata: { name: object.metadata.name, annotations: { "example.com/applied": "yes" } },
        }),
      });
      expect(applied.status, applied.text()).toBe(200);
      const current = applied.json<KubeObject>();
      expect(lasting(current)).toMatchObject(lasting(labelled.json<KubeObject>()));

      const bytes = await server.request(one, { headers: { accept: PROTOBUF } });
      expect(bytes.headers["content-type"]).toBe(PROTOBUF);
      const put = await server.request(one, {
        method: "PUT",
        headers: { "content-type": PROTOBUF },
        body: bytes.body,
      });
      expect(put.status, put.text()).toBe(200);
      // What came back by way of protobuf is what was there, to the last field: nothing was written.
      expect(put.json()).toEqual(current);

      const revision = created.metadata.resourceVersion ?? "";
      const watch = await server.open(`${path}?watch=1&resourceVersion=${revision}`);
      const [first] = await firstOf(readLines<{ readonly type: string; readonly object: KubeObject }>(watch));
      watch.close();
      expect(first).toMatchObject({ type: "MODIFIED", object: { kind: object.kind, apiVersion: object.apiVersion } });

      const gone = await server.request(one, { method: "DELETE" });
      expect([200, 202], gone.text()).toContain(gone.status);
    },
  );
});
