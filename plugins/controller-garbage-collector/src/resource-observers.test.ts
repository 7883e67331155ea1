import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import {
  type Lister,
  Listers,
  type MetadataChange,
  type ResourceReference,
  type ServedResource,
  type ServedResourceChange,
  ServedResources,
} from "@quarterdeck/sdk";
import { beforeEach, describe, expect, it } from "vitest";
import { ResourceObservers } from "./resource-observers.js";
import { identity, nodes, referenceTo, Scene } from "./scene.fixture.js";

const VERBS = ["delete", "get", "list", "watch"];

function resource(kind: string, more: Partial<ServedResource> = {}): ServedResource {
  const plural = `${kind.toLowerCase()}s`;
  const versions = { version: "v1", servedVersions: ["v2", "v1"] };
  return { group: "example.com", resource: plural, kind, namespaced: true, verbs: VERBS, ...versions, ...more };
}

/** What is told of an object that an owner keeps in the graph. */
function metadata(name: string): ObjectMeta {
  return { namespace: "ns1", name, uid: name, ownerReferences: [OWNER] };
}

const owner = identity("v1", "Owner", "ns1", "owner", "owner");
const OWNER = referenceTo(owner);
const seen = (kind: string, name: string) => identity("example.com/v2", kind, "ns1", name, name);

/** What is served, and how to tell of its objects. */
class Stage {
  tell: (change: ServedResourceChange) => void = () => {};
  ended = 0;
  /** By resource: those who observe it. */
  readonly observers = new Map<
    string,
    { readonly change: (change: MetadataChange) => void; readonly current: (() => void) | undefined }
  >();
  readonly served: ServedResources;
  readonly listers: Listers;

  constructor(all: readonly ServedResource[]) {
    const stage = this;
    this.served = new (class extends ServedResources {
      all = () => all;
      find = () => undefined;
      findKind = (apiVersion: string, kind: string) =>
        all.find((one) => one.kind === kind && one.servedVersions.includes(apiVersion.replace("example.com/", "")));
      observe(onChange: (change: ServedResourceChange) => void): () => void {
        stage.tell = onChange;
        for (const one of all) onChange({ type: "ADDED", resource: one });
        return () => void stage.ended++;
      }
    })();
    this.listers = new (class extends Listers {
      of(target: unknown): Lister | undefined {
        const get = (name: string, namespace?: string): KubeObject => ({
          apiVersion: "example.com/v1",
          kind: "Car",
          metadata: { name, uid: name, ...(namespace === undefined ? {} : { namespace }) },
        });
        if (Object(target).resource === "unstoreds") return undefined;
        return { get, list: () => [], getFresh: async () => undefined, observe: () => () => {} };
      }
      observeMetadata(
        { resource: name }: ResourceReference,
        change: (change: MetadataChange) => void,
        current?: () => void,
      ): () => void {
        stage.observers.set(name, { change, current });
        return () => void stage.observers.delete(name);
      }
    })();
  }
}

describe("the observers of resources", () => {
  let scene: Scene;
  let current: number;
  beforeEach(() => {
    scene = new Scene();
    current = 0;
  });

  function start(stage: Stage): ResourceObservers {
    const observers = new ResourceObservers(stage.served, stage.listers, scene.graph, new Set(["events.example.com"]));
    observers.start(() => current++);
    return observers;
  }

  it("observe what can be listed, watched and deleted, but for what is ignored", () => {
    const verbs = ["create", "get"];
    const all = [resource("Car"), resource("Review", { verbs }), resource("Event"), resource("Unstored")];
    const stage = new Stage([...all, resource("Event", { group: "" })]);
    const observers = start(stage);
    expect([...stage.observers.keys()]).toEqual(["cars", "events"]);
    observers.stop();
    expect([stage.observers.size, stage.ended]).toEqual([0, 1]);
  });

  it("know what is there when all of them have been told", () => {
    const stage = new Stage([resource("Car"), resource("Boat")]);
    start(stage);
    stage.observers.get("cars")?.change({ type: "ADDED", metadata: metadata("a") });
    stage.observers.get("cars")?.current?.();
    expect(current).toBe(0);
    stage.observers.get("boats")?.current?.();
    expect([current, scene.nodes]).toEqual([1, nodes(seen("Car", "a"), [owner])]);
  });

  it("find what they tell of by any version that is served, and nothing of another uid", () => {
    const cluster = resource("Site", { namespaced: false });
    const stage = new Stage([resource("Car"), cluster, resource("Event")]);
    const observers = start(stage);
    expect(observers.find({ ...seen("Car", "a"), apiVersion: "example.com/v1" })).toEqual(seen("Car", "a"));
    expect(observers.find(seen("Site", "a"))).toEqual({ ...seen("Site", "a"), namespace: "" });
    for (const kind of ["Event", "Boat"]) expect(observers.find(seen(kind, "a"))).toBeUndefined();
    expect(observers.find({ ...seen("Car", "a"), uid: "b" })).toBeUndefined();
  });

  it("know what is there at once when nothing is served, or nothing any more", () => {
    start(new Stage([]));
    expect(current).toBe(1);
    const stage = new Stage([resource("Car")]);
    start(stage);
    stage.tell({ type: "REMOVED", resource: resource("Car") });
    expect(current).toBe(2);
  });

  it("follow resources that come and go", () => {
    const stage = new Stage([]);
    start(stage);
    stage.tell({ type: "ADDED", resource: resource("Car") });
    const cars = stage.observers.get("cars");
    cars?.change({ type: "ADDED", metadata: metadata("a") });
    cars?.change({ type: "ADDED", metadata: metadata("b") });
    cars?.change({ type: "DELETED", metadata: metadata("a") });
    cars?.current?.();
    expect([current, scene.nodes]).toEqual([1, nodes(seen("Car", "b"), [owner])]);
    stage.tell({ type: "REMOVED", resource: resource("Car") });
    expect([stage.observers.size, scene.nodes]).toEqual([0, []]);
  });
});
