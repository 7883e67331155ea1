import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Authenticated, AuthenticationRequest, Authenticator, Lifecycle } from "@quarterdeck/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticationRequest } from "./plugin/authentication-request.js";

export { authenticationRequest, type SampleRequest } from "./plugin/authentication-request.js";

/** An authenticator under test, with requests whose outcome is known. */
export interface AuthenticatorContractOptions {
  readonly name: string;
  create(): (Authenticator & Lifecycle) | Promise<Authenticator & Lifecycle>;
  /** Requests that it knows, with the user's name. */
  readonly accepts: readonly { readonly user: string; request(): AuthenticationRequest }[];
  /** Requests with a credential of its own kind that is bad; it throws or has no opinion. */
  readonly refuses: readonly (() => AuthenticationRequest)[];
  /** True when it takes requests without any credential, as the anonymous one does. */
  readonly acceptsAnybody?: boolean;
}

async function ask(plugin: Authenticator, request: AuthenticationRequest): Promise<Authenticated | undefined> {
  return plugin.authenticate(request);
}

/** A connection whose client certificate nobody has verified: anyone can write this subject. */
function forgedConnection(): TLSSocket {
  const socket = new TLSSocket(new Socket());
  const certificate = { subject: { CN: "forged", O: "system:masters" }, raw: Buffer.alloc(1) };
  return Object.assign(socket, { authorized: false, getPeerCertificate: () => certificate });
}

/** The suite that every authenticator passes: call it at the top of a vitest file. */
export function authenticatorContract(options: AuthenticatorContractOptions): void {
  describe(`${options.name} keeps the authenticator contract`, () => {
    let plugin: Authenticator & Lifecycle;
    beforeAll(async () => {
      plugin = await options.create();
      await plugin.start?.();
    });
    afterAll(() => plugin.stop?.());

    it.each(options.accepts.map((one) => [one.user, one] as const))(
      "knows %s, whose groups are a list",
      async (user, one) => {
        const found = await ask(plugin, one.request());
        expect(found?.user).toMatchObject({ name: user, groups: expect.any(Array) });
        expect(found?.user.groups.every((group) => typeof group === "string" && group !== "")).toBe(true);
      },
    );

    it.each(options.refuses.map((make, index) => [index, make] as const))(
      "never takes bad credential %i for a user",
      async (_index, make) => {
        const found = await ask(plugin, make()).catch(() => undefined);
        expect(found).toBeUndefined();
      },
    );

    it(`${options.acceptsAnybody === true ? "takes" : "has no opinion on"} a request without a credential`, async () => {
      const found = await ask(plugin, authenticationRequest());
      if (options.acceptsAnybody === true) expect(found?.user.name).toMatch(/\S/);
      else expect(found).toBeUndefined();
    });

    it("does not trust a certificate that was not verified", async () => {
      const found = await ask(plugin, authenticationRequest({ socket: forgedConnection() })).catch(() => undefined);
      expect(found?.user.name).not.toBe("forged");
      expect(found?.user.groups ?? []).not.toContain("system:masters");
    });

    it("gives each of many requests at once its own answer", async () => {
      const requests = Array.from({ length: 20 }, () => options.accepts).flat();
      const found = await Promise.all(requests.map((one) => ask(plugin, one.request())));
      expect(found.map((one) => one?.user.name)).toEqual(requests.map((one) => one.user));
    });
  });
}
