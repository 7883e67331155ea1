import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { Anonymous } from "./anonymous.js";

authenticatorContract({
  name: "anonymous",
  create: () => new Anonymous({ conditions: [] }),
  accepts: [{ user: "system:anonymous", request: () => authenticationRequest() }],
  refuses: [() => authenticationRequest({ headers: { authorization: "Bearer nobody-took-this" } })],
  acceptsAnybody: true,
});
