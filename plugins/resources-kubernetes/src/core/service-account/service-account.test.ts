import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { ServiceAccount } from "./service-account.js";

const accounts = new Compiled(ServiceAccount);

describe("ServiceAccount", () => {
  it("is printed as upstream prints it", () => {
    expect(accounts.columns(true)).toEqual(["Name", "Age"]);
  });

  it("has the short name and the names that upstream has", () => {
    expect(accounts.descriptor.shortNames).toEqual(["sa"]);
    expect(accounts.descriptor.resource).toBe("serviceaccounts");
  });

  it("keeps the names of its secrets, and tells that keeping to them is no longer enforced", () => {
    const warnings: string[] = [];
    const annotations = { "kubernetes.io/enforce-mountable-secrets": "true" };
    const metadata = { name: "bot", namespace: "demo", annotations };
    const object = accounts.object({ secrets: [{ name: "a", kind: "Secret" }, {}] }, metadata);
    const telling = { ...context, warn: (text: string) => warnings.push(text) };
    accounts.version.hooks.prepareForCreate?.(object, telling);
    expect(object.secrets).toEqual([{ name: "a" }, {}]);
    accounts.version.hooks.prepareForUpdate?.(object, structuredClone(object), telling);
    expect(warnings).toEqual([
      "metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets",
    ]);
  });

  it("names the kind of its token requests as one of another group", () => {
    expect(accounts.version.subresources.get("token")).toMatchObject({
      verbs: ["create"],
      inputKind: "TokenRequest",
      inputVersion: { group: "authentication.k8s.io", version: "v1" },
    });
  });
});
