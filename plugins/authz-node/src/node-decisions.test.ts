import { authorizationAttributes } from "@quarterdeck/testing/authorizer-contract";
import { describe, expect, it } from "vitest";
import { NodeAuthorizer } from "./node.js";

const user = { name: "system:node:n1", groups: ["system:nodes"] };
const node = new NodeAuthorizer(undefined, undefined, undefined, undefined);
const ask = (changes: Parameters<typeof authorizationAttributes>[0]) =>
  node.authorize(authorizationAttributes({ user, name: "", ...changes }));
const no = (reason?: string) =>
  reason === undefined ? { decision: "no-opinion" } : { decision: "no-opinion", reason };
const yes = { decision: "allow" };
const unrelated = "no relationship found between node 'n1' and this object";

describe("a node", () => {
  it.each([
    [{ resource: "secrets", verb: "get", name: "s" }, no(unrelated)],
    [{ resource: "secrets", verb: "list" }, no("No Object name found")],
    [{ resource: "secrets", verb: "create" }, no("can only read resources of this type")],
    [{ resource: "configmaps", verb: "watch", namespace: "" }, no("can only read namespaced object of this type")],
    [{ resource: "persistentvolumeclaims", verb: "list" }, no("can only get individual resources of this type")],
    [{ resource: "persistentvolumeclaims", verb: "get", name: "c", subresource: "x" }, no("cannot get subresource")],
    [
      { resource: "persistentvolumeclaims", verb: "get", name: "c", subresource: "status" },
      no("can only get/update/patch this type"),
    ],
    [{ resource: "persistentvolumes", verb: "get", name: "v", namespace: "" }, no(unrelated)],
    [
      { resource: "serviceaccounts", verb: "create", subresource: "token" },
      no("can only create tokens for individual service accounts"),
    ],
    [
      { resource: "serviceaccounts", verb: "create", name: "a" },
      no("can only create token subresource of serviceaccount"),
    ],
    [
      { resource: "leases", apiGroup: "coordination.k8s.io", verb: "get", name: "n1", namespace: "kube-node-lease" },
      yes,
    ],
    [{ resource: "leases", apiGroup: "coordination.k8s.io", verb: "create", namespace: "kube-node-lease" }, yes],
    [
      { resource: "leases", apiGroup: "coordination.k8s.io", verb: "update", name: "n2", namespace: "kube-node-lease" },
      no("can only access node lease with the same name as the requesting node"),
    ],
    [
      { resource: "leases", apiGroup: "coordination.k8s.io", verb: "get", name: "n1", namespace: "default" },
      no('can only access leases in the "kube-node-lease" system namespace'),
    ],
    [{ resource: "csinodes", apiGroup: "storage.k8s.io", verb: "patch", name: "n1", namespace: "" }, yes],
    [
      { resource: "csinodes", apiGroup: "storage.k8s.io", verb: "list", namespace: "" },
      no("can only get, create, update, patch, or delete a CSINode"),
    ],
    [
      {
        resource: "resourceslices",
        apiGroup: "resource.k8s.io",
        verb: "list",
        fieldSelector: "nodeName=n1",
        namespace: "",
      },
      yes,
    ],
    [
      {
        resource: "resourceslices",
        apiGroup: "resource.k8s.io",
        verb: "list",
        fieldSelector: "nodeName=n2",
        namespace: "",
      },
      no("can only list/watch/deletecollection resourceslices with nodeName field selector"),
    ],
    [
      { resource: "nodes", verb: "list", namespace: "" },
      no("node 'n1' cannot read all nodes, only its own Node object"),
    ],
    [
      { resource: "nodes", verb: "get", name: "n2", namespace: "" },
      no("node 'n1' cannot read 'n2', only its own Node object"),
    ],
    [{ resource: "nodes", verb: "patch", subresource: "status", name: "n1", namespace: "" }, yes],
    [{ resource: "nodes", verb: "delete", name: "n1", namespace: "" }, no()],
    [{ resource: "pods", verb: "list", fieldSelector: "spec.nodeName=n1", namespace: "" }, yes],
    [
      { resource: "pods", verb: "list", fieldSelector: "spec.nodeName!=n1", namespace: "" },
      no("can only list/watch pods with spec.nodeName field selector"),
    ],
    [{ resource: "pods", verb: "create", subresource: "eviction", name: "p" }, yes],
    [{ resource: "pods", verb: "update", name: "p" }, no()],
    [{ resource: "events", verb: "create" }, yes],
    [{ resource: "events", verb: "delete", name: "e" }, no()],
    [{ resource: "deployments", apiGroup: "apps", verb: "list" }, no()],
    [{ isResourceRequest: false, path: "/metrics", resource: "" }, no()],
  ])("that asks %j", (changes, answer) => {
    expect(ask(changes)).toEqual(answer);
  });

  it("whose name says no node is told so, and has rules that cannot be listed", () => {
    const nobody = { name: "system:node:", groups: ["system:nodes"] };
    expect(node.authorize(authorizationAttributes({ user: nobody }))).toEqual(
      no('unknown node for user "system:node:"'),
    );
    expect(node.rulesFor(user)).toMatchObject({ incomplete: true });
    expect(node.rulesFor({ name: "ann", groups: [] })).toMatchObject({ incomplete: false });
  });
});
