import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { SystemMasters } from "./system-masters.js";

authorizerContract({
  name: "system-masters",
  create: () => new SystemMasters({ publicPaths: [], discoveryPaths: [] }),
  allows: [authorizationAttributes({ verb: "delete", user: { name: "root", groups: ["system:masters"] } })],
  withholds: [authorizationAttributes(), authorizationAttributes({ user: { name: "system:masters", groups: [] } })],
});
