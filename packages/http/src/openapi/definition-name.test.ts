import { expect, it } from "vitest";
import { definitionPrefix } from "./definition-name.js";

it("names definitions as upstream names those of natives and of custom resources", () => {
  const prefix = (group: string): string => definitionPrefix({ group, version: "v1" });
  expect(prefix("")).toBe("io.k8s.api.core.v1.");
  expect(prefix("apps")).toBe("io.k8s.api.apps.v1.");
  expect(prefix("rbac.authorization.k8s.io")).toBe("io.k8s.api.rbac.v1.");
  expect(prefix("apiextensions.k8s.io")).toBe("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.");
  expect(prefix("delivery.example.com")).toBe("com.example.delivery.v1.");
  expect(prefix("constructor")).toBe("io.k8s.api.constructor.v1.");
});
