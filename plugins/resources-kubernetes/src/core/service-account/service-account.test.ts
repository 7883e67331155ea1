import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { ServiceAccount } from "./service-account.js";

const accounts = new Compiled(ServiceAccount);

describe("ServiceAccount", () => {
  it("is printed as upstream prints it", () => {
    expect(accounts.columns(true)).toEqual(["Name", "Secrets", "Age"]);
    expect(accounts.cell("Secrets", accounts.object({}))).toBe(0);
    expect(accounts.cell("Secrets", accounts.object({ secrets: [{ name: "a" }, { name: "b" }] }))).toBe(2);
  });

  it("has the short name and the names that upstream has", () => {
    expect(accounts.descriptor.shortNames).toEqual(["sa"]);
    expect(accounts.descriptor.resource).toBe("serviceaccounts");
  });

  it("names the kind of its token requests as one of another group", () => {
    expect(accounts.version.subresources.get("token")).toMatchObject({
      verbs: ["create"],
      inputKind: "TokenRequest",
      inputVersion: { group: "authentication.k8s.io", version: "v1" },
    });
  });
});
