import type { KubeObject, ListMeta } from "@quarterdeck/meta";
import type { TestResponse, TestServer } from "@quarterdeck/testing";

/** The list of a kind as JSON. */
export interface KubeList {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: ListMeta;
  readonly items: readonly KubeObject[];
}

/** The answer as an object; throws the answer when it is a failure. */
export function objectOf(response: TestResponse): KubeObject {
  if (response.status >= 300) throw new Error(`${response.status}: ${response.text()}`);
  return response.json<KubeObject>();
}

/** The answer as a list; throws the answer when it is a failure. */
export function listOf(response: TestResponse): KubeList {
  if (response.status >= 300) throw new Error(`${response.status}: ${response.text()}`);
  return response.json<KubeList>();
}

/** The names of a list's objects, as it has them. */
export function namesOf(response: TestResponse): string[] {
  return listOf(response).items.map((item) => item.metadata.name ?? "");
}

/** Creates an object that must not be refused. */
export async function create(server: TestServer, path: string, body: object): Promise<KubeObject> {
  return objectOf(await server.request(path, { method: "POST", body }));
}

/** Makes a namespace and gives the path below which its objects of core kinds are. */
export async function createNamespace(server: TestServer, name: string): Promise<string> {
  await create(server, "/api/v1/namespaces", { metadata: { name } });
  return `/api/v1/namespaces/${name}`;
}
