import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { afterAll } from "vitest";
import { Fixture } from "./plugin.fixture.js";

afterAll(Fixture.clean);

const fixture = await new Fixture().started();
const good = await fixture.token();
const foreign = await fixture.token(undefined, ["vault"]);
const bearer = (token: string) => authenticationRequest({ headers: { authorization: `Bearer ${token}` } });

authenticatorContract({
  name: "service-account",
  create: () => fixture.plugin,
  accepts: [{ user: "system:serviceaccount:demo:bot", request: () => bearer(good) }],
  refuses: [() => bearer(foreign), () => bearer(`${good}x`), () => bearer("a.b.c")],
});
