import { describe, expect, it } from "vitest";
import { byResource, countedResource, resourceOfKey } from "./counted-resource.js";

describe("the names of a quota", () => {
  it.each([
    ["count/configmaps", "", "configmaps"],
    ["count/rollouts.delivery.example.com", "delivery.example.com", "rollouts"],
    ["configmaps", "", "configmaps"],
    ["services.nodeports", "", "services"],
    ["requests.storage", "", "persistentvolumeclaims"],
    ["gold.storageclass.storage.k8s.io/requests.storage", "", "persistentvolumeclaims"],
    ["pods", "", "pods"],
    ["limits.memory", "", "pods"],
    ["hugepages-2Mi", "", "pods"],
    ["requests.example.com/gpu", "", "pods"],
  ])("%s is about %s %s", (name, group, resource) => {
    expect(countedResource(name)).toEqual({ group, resource });
  });

  it.each(["count/events", "count/events.events.k8s.io", "storage", "example.com/gpu", "requests.kubernetes.io/x"])(
    "%s is about nothing that is counted",
    (name) => {
      expect(countedResource(name)).toBeUndefined();
    },
  );

  it("are put together by what they are about", () => {
    const found = byResource(["pods", "cpu", "storage", "count/a.b.c", "count/pods"]);
    expect([...found]).toEqual([
      ["pods", ["pods", "cpu", "count/pods"]],
      ["a.b.c", ["count/a.b.c"]],
    ]);
    expect([...found.keys()].map(resourceOfKey)).toEqual([
      { group: "", resource: "pods" },
      { group: "b.c", resource: "a" },
    ]);
  });
});
