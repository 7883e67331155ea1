import { expect, it } from "vitest";
import { compareGroups } from "./group-order.js";

it("lists the groups of Kubernetes before others, the important ones first, and the others by name", () => {
  const groups = [
    "zoo.example.com",
    "storage.k8s.io",
    "acme.example.com",
    "batch",
    "apps",
    "",
    "apiregistration.k8s.io",
  ];
  expect(groups.sort(compareGroups)).toEqual([
    "",
    "apiregistration.k8s.io",
    "apps",
    "batch",
    "storage.k8s.io",
    "acme.example.com",
    "zoo.example.com",
  ]);
});
