import type { KubeObject, ObjectMeta, OwnerReference } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { expect } from "vitest";
import { create, objectOf } from "./api-objects.js";

const PATIENCE = { timeout: 20_000, interval: 20 };

/** A reference to an object that is there. */
export function ownedBy(
  { apiVersion, kind, metadata }: KubeObject,
  more: Partial<OwnerReference> = {},
): OwnerReference {
  return { apiVersion, kind, name: metadata.name ?? "", uid: metadata.uid ?? "", ...more };
}

/** Objects that own each other, in one namespace or none. */
export class Family {
  constructor(
    readonly server: TestServer,
    readonly namespace: string,
  ) {}

  /** `configmaps` of the namespace, or of a group such as `example.com/v1/widgets`. */
  path(resource: string): string {
    const [plural = "", version = "v1", group] = resource.split("/").reverse();
    const root = group === undefined ? `/api/${version}` : `/apis/${group}/${version}`;
    return `${root}/namespaces/${this.namespace}/${plural}`;
  }

  map(name: string, metadata: ObjectMeta = {}): Promise<KubeObject> {
    return create(this.server, this.path("configmaps"), { metadata: { name, ...metadata } });
  }

  /** A config map that these own. */
  child(name: string, owners: readonly KubeObject[], more: Partial<OwnerReference> = {}): Promise<KubeObject> {
    return this.map(name, { ownerReferences: owners.map((owner) => ownedBy(owner, more)) });
  }

  at(name: string): string {
    return `${this.path("configmaps")}/${name}`;
  }

  async get(path: string): Promise<KubeObject> {
    return objectOf(await this.server.request(path));
  }

  async status(path: string): Promise<number> {
    return (await this.server.request(path)).status;
  }

  async delete(path: string, propagationPolicy?: "Background" | "Foreground" | "Orphan"): Promise<void> {
    objectOf(await this.server.request(path, { method: "DELETE", body: { propagationPolicy } }));
  }

  async patch(path: string, metadata: object): Promise<KubeObject> {
    const headers = { "content-type": "application/merge-patch+json" };
    return objectOf(await this.server.request(path, { method: "PATCH", headers, body: { metadata } }));
  }

  async gone(...paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await expect.poll(() => this.status(path), { ...PATIENCE, message: `${path} is still there` }).toBe(404);
    }
  }

  /** The owners that an object names come to be these. */
  async owners(path: string, ...names: readonly string[]): Promise<void> {
    const now = async () => ((await this.get(path)).metadata.ownerReferences ?? []).map(({ name }) => name);
    await expect.poll(now, PATIENCE).toEqual(names);
  }

  /** Resolves when the collector has looked at all that happened before: it has collected something that came after. */
  async collected(): Promise<void> {
    const owner = { apiVersion: "v1", kind: "ConfigMap", name: "nobody", uid: "00000000-0000-0000-0000-000000000000" };
    await this.map("last", { ownerReferences: [owner] });
    await this.gone(this.at("last"));
  }
}
