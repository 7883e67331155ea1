import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { AlwaysAllow } from "./always-allow.js";

authorizerContract({
  name: "always-allow",
  create: () => new AlwaysAllow(),
  allows: [
    authorizationAttributes(),
    authorizationAttributes({ verb: "delete", user: { name: "system:anonymous", groups: [] } }),
  ],
  withholds: [],
});
