import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import type { ServedResource } from "../client/served-resources.js";
import { placeObject } from "./placed-object.js";

const served = (group: string, version: string, resource: string, kind: string, namespaced = true): ServedResource => ({
  ...{ group, version, resource, kind, namespaced, names: [] },
});
const RESOURCES = [
  served("", "v1", "configmaps", "ConfigMap"),
  served("", "v1", "namespaces", "Namespace", false),
  served("example.com", "v1", "shops", "Shop"),
  served("example.com", "v2", "shops", "Shop"),
];

const place = (object: JsonObject, asked?: string) => {
  const choice = { namespace: asked ?? "usual", asked: asked !== undefined };
  return placeObject({ object, source: "a.yaml" }, RESOURCES, choice);
};
const shop = (metadata: JsonObject, apiVersion = "example.com/v2") => ({ apiVersion, kind: "Shop", metadata });

describe("placeObject", () => {
  it("finds the path by kind and version", () => {
    expect(place(shop({ name: "web" }))).toMatchObject({
      path: "/apis/example.com/v2/namespaces/usual/shops/web",
      title: "shop.example.com/web",
      object: { metadata: { name: "web", namespace: "usual" } },
      isNamespace: false,
    });
    expect(place(shop({ name: "web" }, "example.com/v1")).path).toBe("/apis/example.com/v1/namespaces/usual/shops/web");
    const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "own" } };
    expect(place(map)).toMatchObject({ path: "/api/v1/namespaces/own/configmaps/a", title: "configmap/a" });
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "own" } };
    expect(place(namespace, "other")).toMatchObject({
      path: "/api/v1/namespaces/own",
      isNamespace: true,
      object: namespace,
    });
  });

  it.each([
    [
      shop({ name: "web", namespace: "own" }),
      'the namespace "own" of the object is not "asked": pass --namespace own, or none',
    ],
    [shop({ name: "web" }, "example.com/v3"), 'the server serves no kind "Shop" in version "example.com/v3"'],
    [shop({ generateName: "web-" }), "metadata.name is required and must be a string"],
    [{ kind: "Shop", metadata: {} }, "apiVersion is required and must be a string"],
  ])("refuses %j", (object, message) => {
    expect(() => place(object, "asked")).toThrow(
      expect.objectContaining({ name: "UsageError", message: `a.yaml: ${message}` }),
    );
  });
});
