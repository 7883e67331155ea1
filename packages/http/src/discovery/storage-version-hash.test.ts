import { expect, it } from "vitest";
import { storageVersionHash } from "./storage-version-hash.js";

it("gives the hashes that upstream publishes", () => {
  expect(storageVersionHash("apps", "v1", "Deployment")).toBe("8aSe+NMegvE=");
  expect(storageVersionHash("apps", "v1", "StatefulSet")).toBe("H+vl74LkKdo=");
});
