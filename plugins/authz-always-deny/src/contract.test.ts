import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { AlwaysDeny } from "./always-deny.js";

authorizerContract({
  name: "always-deny",
  create: () => new AlwaysDeny(),
  allows: [],
  withholds: [
    authorizationAttributes(),
    authorizationAttributes({ user: { name: "root", groups: ["system:masters"] } }),
  ],
});
