import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { binding, role } from "./objects.fixture.js";
import { makeRbac } from "./rbac.fixture.js";

const objects = [
  role("reader", [{ verbs: ["get"], apiGroups: [""], resources: ["configmaps"] }]),
  binding("readers", "ClusterRole reader", ["Group devs"]),
];
const dev = { name: "ann", groups: ["devs"] };

authorizerContract({
  name: "rbac",
  create: () => makeRbac(objects, true).rbac,
  allows: [
    authorizationAttributes({ user: dev }),
    authorizationAttributes({
      user: { name: "root", groups: ["system:masters"] },
      verb: "delete",
      resource: "secrets",
    }),
  ],
  withholds: [
    authorizationAttributes(),
    authorizationAttributes({ user: dev, verb: "list" }),
    authorizationAttributes({ user: dev, resource: "secrets" }),
    authorizationAttributes({ user: dev, apiGroup: "apps" }),
    authorizationAttributes({ user: { name: "devs", groups: [] } }),
  ],
});
