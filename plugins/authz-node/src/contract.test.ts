import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { NodeAuthorizer } from "./node.js";

const user = { name: "system:node:n1", groups: ["system:nodes", "system:authenticated"] };

authorizerContract({
  name: "node",
  create: () => new NodeAuthorizer(undefined, undefined, undefined, undefined),
  allows: [
    authorizationAttributes({ user, resource: "nodes", name: "n1", namespace: "" }),
    authorizationAttributes({ user, resource: "services", verb: "list", name: "" }),
  ],
  withholds: [
    authorizationAttributes(),
    authorizationAttributes({ user }),
    authorizationAttributes({ user, resource: "nodes", name: "n2", namespace: "" }),
    authorizationAttributes({ user: { name: "system:node:n1", groups: [] }, resource: "nodes", name: "n1" }),
  ],
});
