import { ApiObject, Resource, type ResourceOptions } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { compile, compileOne, hookContext, mistakeIn } from "../scheme.fixture.js";

const ASKED = { group: "example.com", version: "v1", kind: "Asked", stored: false } as const;

function declared<T extends new () => ApiObject>(owner: T, options: Partial<ResourceOptions> = {}): T {
  Resource({ ...ASKED, ...options })(owner);
  return owner;
}

class Answered extends ApiObject {
  override answer(): this {
    return this;
  }
}

class Read extends ApiObject {
  static async readObjects(): Promise<readonly object[]> {
    return [{ metadata: { name: "r1" } }];
  }
}

class Both extends ApiObject {
  static readObjects(): readonly object[] {
    return [];
  }

  override answer(): this {
    return this;
  }
}

class Neither extends ApiObject {}

describe("a resource that is not stored", () => {
  it("has the verbs for which its class does something", () => {
    const verbs = (owner: new () => ApiObject) => [...(compile([owner])[0]?.verbs ?? [])];
    expect(verbs(declared(class extends Answered {}))).toEqual(["create"]);
    expect(verbs(declared(class extends Read {}, { scope: "Cluster" }))).toEqual(["get", "list"]);
    expect(verbs(declared(class extends Both {}, { scope: "Cluster" }))).toEqual(["create", "get", "list"]);
  });

  it("is read by what its class makes", async () => {
    const { hooks } = compileOne(declared(class extends Read {}, { scope: "Cluster" }));
    expect(await hooks.readObjects?.(hookContext().services)).toEqual([{ metadata: { name: "r1" } }]);
  });

  it.each<[new () => ApiObject, string]>([
    [
      declared(class Asked extends Neither {}),
      "Asked.answer: a resource with stored: false needs it, or a static readObjects",
    ],
    [
      declared(class Asked extends Answered {}, { stored: true }),
      "Asked.answer: only a resource with stored: false answers",
    ],
    [
      declared(class Asked extends Read {}, { stored: true, scope: "Cluster" }),
      "Asked.readObjects: only a resource with stored: false makes what is read",
    ],
    [declared(class Asked extends Read {}), "Asked.readObjects: only a cluster-scoped resource makes what is read"],
  ])("is refused when its class does not fit: %#", (owner, message) => {
    expect(mistakeIn(owner).message).toBe(message);
  });
});
