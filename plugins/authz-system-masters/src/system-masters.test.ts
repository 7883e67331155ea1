import type { AuthorizationAttributes } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { SystemMasters } from "./system-masters.js";

const authorizer = new SystemMasters({ publicPaths: ["/healthz", "/livez/*"], discoveryPaths: ["/api", "/apis/*"] });

function decide(groups: string[], over: Partial<AuthorizationAttributes>): string {
  const attributes: AuthorizationAttributes = {
    user: { name: "x", groups },
    verb: "get",
    isResourceRequest: false,
    apiGroup: "",
    apiVersion: "",
    namespace: "",
    resource: "",
    subresource: "",
    name: "",
    path: "/",
    fieldSelector: "",
    labelSelector: "",
    ...over,
  };
  return authorizer.authorize(attributes).decision;
}

const write = { isResourceRequest: true, verb: "create", resource: "secrets", path: "/api/v1/secrets" };

describe("system-masters", () => {
  it("lets masters do everything", () => {
    expect(decide(["system:masters"], write)).toBe("allow");
  });

  it("has no opinion on resources for anybody else", () => {
    expect(decide(["system:authenticated"], write)).toBe("no-opinion");
    expect(decide(["system:authenticated"], { ...write, verb: "get" })).toBe("no-opinion");
  });

  it("opens the public paths to everybody, for reading only", () => {
    expect(decide(["system:unauthenticated"], { path: "/healthz" })).toBe("allow");
    expect(decide(["system:unauthenticated"], { path: "/livez/ping" })).toBe("allow");
    expect(decide(["system:unauthenticated"], { path: "/healthz", verb: "post" })).toBe("no-opinion");
    expect(decide(["system:unauthenticated"], { path: "/healthzx" })).toBe("no-opinion");
  });

  it("opens discovery to authenticated users", () => {
    expect(decide(["system:authenticated"], { path: "/apis/apps" })).toBe("allow");
    expect(decide(["system:unauthenticated"], { path: "/apis/apps" })).toBe("no-opinion");
    expect(decide(["system:authenticated"], { path: "/metrics" })).toBe("no-opinion");
  });

  it("lists what it allows", () => {
    const paths = (groups: string[]) =>
      authorizer.rulesFor({ name: "x", groups }).nonResourceRules.flatMap(({ nonResourceURLs }) => nonResourceURLs);
    expect(paths(["system:unauthenticated"])).toEqual(["/healthz", "/livez/*"]);
    expect(paths(["system:authenticated"])).toEqual(["/healthz", "/livez/*", "/api", "/apis/*"]);
    expect(authorizer.rulesFor({ name: "x", groups: ["system:masters"] }).resourceRules).toEqual([
      { verbs: ["*"], apiGroups: ["*"], resources: ["*"], resourceNames: [] },
    ]);
    expect(authorizer.rulesFor({ name: "x", groups: ["system:authenticated"] }).resourceRules).toEqual([]);
  });
});
