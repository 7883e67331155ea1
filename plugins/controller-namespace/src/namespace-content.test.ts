import { type KubeObject, StatusError } from "@quarterdeck/meta";
import {
  Client,
  type Constructor,
  type ResourceClient,
  type ResourceReference,
  type ServedResource,
} from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { deleteContent } from "./namespace-content.js";

const ALL = ["delete", "deletecollection", "list"];

function served(resource: string, verbs: readonly string[] = ALL, more: Partial<ServedResource> = {}): ServedResource {
  return { group: "", version: "v1", resource, kind: "X", namespaced: true, verbs, servedVersions: ["v1"], ...more };
}

function object(name: string, metadata: Partial<KubeObject["metadata"]> = {}): KubeObject {
  return { apiVersion: "v1", kind: "X", metadata: { name, namespace: "a", ...metadata } };
}

/** What is there by resource; a delete marks what has finalizers and removes what has none, unless `failing` says otherwise. */
class ContentClient extends Client {
  readonly calls: string[] = [];

  constructor(
    readonly content: { readonly [resource: string]: KubeObject[] },
    readonly failing: { readonly [resource: string]: Error | "ignores" } = {},
  ) {
    super();
  }

  as(): Client {
    return this;
  }
  within(): Client {
    return this;
  }

  transaction(): never {
    throw new RangeError("nothing is written together");
  }

  resource(target: Constructor | ResourceReference): ResourceClient<never> {
    const resource = String(Object(target).resource);
    const objects = this.content[resource] ?? [];
    const failing = this.failing[resource];
    const remove = (one: KubeObject): void => {
      if (failing instanceof Error) throw failing;
      if (failing === "ignores") return;
      if ((one.metadata.finalizers ?? []).length > 0) one.metadata.deletionTimestamp = "now";
      else objects.splice(objects.indexOf(one), 1);
    };
    const client: Partial<ResourceClient> = {
      deleteCollection: async ({ namespace }, options) => {
        this.calls.push(`${resource} of ${namespace} ${options?.propagationPolicy}`);
        for (const one of [...objects]) remove(one);
      },
      delete: async ({ name }) => {
        this.calls.push(`${resource}/${name}`);
        const found = objects.find(({ metadata }) => metadata.name === name);
        if (found === undefined || name === "gone") throw StatusError.notFound({ group: "", resource }, name);
        remove(found);
      },
      list: async () => [...objects],
    };
    return Object.assign(client);
  }
}

describe("deleteContent", () => {
  it("deletes what is namespaced and can be deleted, in every resource, and counts what finalizers hold", async () => {
    const held = { finalizers: ["x.io/a", "x.io/b"] };
    const client = new ContentClient({
      maps: [object("a"), object("b", held)],
      secrets: [object("c", held)],
      nodes: [],
    });
    const all = [
      served("maps"),
      served("secrets", ALL, { group: "x.io" }),
      served("nodes", ALL, { namespaced: false }),
      served("reviews", ["create"]),
    ];
    const content = await deleteContent(client, all, "a");
    expect(client.calls).toEqual(["maps of a Background", "secrets of a Background"]);
    expect(content.remaining).toEqual(
      new Map([
        ["maps.", 1],
        ["secrets.x.io", 1],
      ]),
    );
    expect(content.finalizers).toEqual(
      new Map([
        ["x.io/a", 2],
        ["x.io/b", 2],
      ]),
    );
    expect(content.failures).toEqual([]);
  });

  it("goes on when a resource fails, and tells what should have gone", async () => {
    const client = new ContentClient(
      { bad: [object("a")], stubborn: [object("b")], maps: [object("c")] },
      { bad: new Error("bad is down"), stubborn: "ignores" },
    );
    const content = await deleteContent(
      client,
      [served("bad"), served("stubborn", ALL, { group: "x.io" }), served("maps")],
      "a",
    );
    expect(content.failures).toEqual([
      "bad is down",
      "unexpected items still remain in namespace: a for gvr: x.io/v1, Resource=stubborn",
    ]);
    expect(client.content.maps).toEqual([]);
  });

  it("deletes one by one where there is no deletecollection, and leaves alone what cannot be listed then", async () => {
    const client = new ContentClient({ services: [object("gone"), object("b")], hidden: [object("c")] });
    await deleteContent(client, [served("services", ["delete", "list"]), served("hidden", ["delete"])], "a");
    expect(client.calls).toEqual(["services/gone", "services/b"]);
  });

  it("deletes nothing else while there are pods", async () => {
    const client = new ContentClient({ maps: [object("a")], pods: [object("b", { finalizers: ["x.io/a"] })] });
    const all = [served("maps"), served("pods")];
    expect((await deleteContent(client, all, "a")).remaining).toEqual(new Map([["pods.", 1]]));
    expect(client.content.maps).toHaveLength(1);
    client.content.pods?.pop();
    expect((await deleteContent(client, all, "a")).remaining.size).toBe(0);
    expect(client.content.maps).toEqual([]);
  });
});
