import type { AuthorizationAttributes, AuthorizationDecision, Authorizer } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { SilentLogger } from "../../testing/silent-logger.js";
import { Authorizers } from "./authorizers.js";

const ANN = { name: "ann", groups: [] };
const ASKED: AuthorizationAttributes = {
  user: ANN,
  verb: "get",
  isResourceRequest: true,
  apiGroup: "",
  apiVersion: "v1",
  namespace: "demo",
  resource: "pods",
  subresource: "",
  name: "a",
  path: "/api/v1/namespaces/demo/pods/a",
  fieldSelector: "",
  labelSelector: "",
};
const says = (decision: AuthorizationDecision["decision"], reason?: string): Authorizer => ({
  authorize: () => (reason === undefined ? { decision } : { decision, reason }),
});
const fails: Authorizer = {
  authorize: () => {
    throw new Error("out of order");
  },
};
const later = (one: Authorizer): Authorizer => ({ authorize: async (attributes) => one.authorize(attributes) });
const chain = (...all: Authorizer[]) =>
  new Authorizers(
    all.map((authorizer, index) => ({ name: `a${index}`, authorizer })),
    new SilentLogger(),
  );

describe.each([
  ["at once", (one: Authorizer) => one],
  ["later", later],
])("authorizers that answer %s", (_, made) => {
  const verdict = async (...all: Authorizer[]) => chain(...all.map(made)).authorize(ASKED);

  it("say why they allow, why they deny and that nobody had an opinion", async () => {
    expect(await verdict(says("no-opinion"), says("allow", "because"))).toEqual({
      allowed: true,
      denied: false,
      reason: "because",
    });
    expect(await verdict(says("no-opinion", "who?"), says("deny", "never"), says("allow"))).toEqual({
      allowed: false,
      denied: true,
      reason: "who?\nnever",
    });
    expect(await verdict(says("no-opinion"))).toEqual({ allowed: false, denied: false, reason: "" });
  });

  it("go on after one that fails, and say so", async () => {
    expect(await verdict(fails, says("allow"))).toEqual({
      allowed: true,
      denied: false,
      reason: "",
      evaluationError: "out of order",
    });
    expect(await verdict(fails)).toEqual({
      allowed: false,
      denied: false,
      reason: "out of order",
      evaluationError: "out of order",
    });
  });
});

describe("Authorizers", () => {
  it("stay synchronous as long as all asked ones are", () => {
    expect(chain(says("allow")).authorize(ASKED)).toMatchObject({ allowed: true });
    expect(chain(says("allow"), later(says("deny"))).authorize(ASKED)).toMatchObject({ allowed: true });
  });

  it("finish a question with those who were asked first", async () => {
    const authorizers = chain(later(says("no-opinion")), says("deny", "old"));
    const pending = authorizers.authorize(ASKED);
    authorizers.replace([{ name: "new", authorizer: says("allow") }]);
    expect(await pending).toMatchObject({ denied: true, reason: "old" });
    expect(authorizers.authorize(ASKED)).toMatchObject({ allowed: true });
  });

  it("list the rules of all that can, and say who cannot", async () => {
    const rule = { verbs: ["get"], apiGroups: [""], resources: ["pods"], resourceNames: [] };
    const listing: Authorizer = {
      ...says("no-opinion"),
      rulesFor: async () => ({ resourceRules: [rule], nonResourceRules: [], incomplete: false }),
    };
    expect(await chain(listing).rulesFor(ANN, "demo")).toEqual({
      resourceRules: [rule],
      nonResourceRules: [],
      incomplete: false,
    });
    expect(await chain(listing, says("allow")).rulesFor(ANN, "demo")).toEqual({
      resourceRules: [rule],
      nonResourceRules: [],
      incomplete: true,
      evaluationError: "a1 authorizer does not support user rule resolution",
    });
  });
});
