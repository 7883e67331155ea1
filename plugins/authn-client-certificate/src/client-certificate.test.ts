import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { authenticationRequest } from "@quarterdeck/testing/authenticator-contract";
import { MadeUpCertificates } from "@quarterdeck/testing/doubles";
import { describe, expect, it } from "vitest";
import { ClientCertificate } from "./client-certificate.js";

function ask(client: boolean, subject: object) {
  const certificates = new MadeUpCertificates();
  const request = authenticationRequest({
    socket: certificates.connection(client ? "client CA" : "stranger", subject),
  });
  const plugin = new ClientCertificate(certificates);
  return { again: () => plugin.authenticate(request) };
}

describe("client-certificate", () => {
  it("takes the user from the common name and the groups from the organisations", () => {
    expect(ask(true, { CN: "ann", O: ["devs", "system:masters"] }).again()).toEqual({
      user: {
        name: "ann",
        groups: ["devs", "system:masters"],
        extra: { "authentication.kubernetes.io/credential-id": ["X509SHA256=abcd"] },
      },
    });
  });

  it("reads a single organisation, which Node gives as a string, and the last of several common names", () => {
    expect(ask(true, { CN: "ann", O: "devs" }).again()?.user.groups).toEqual(["devs"]);
    expect(ask(true, { CN: ["ann", "bob"] }).again()?.user.name).toBe("bob");
  });

  it("reads the uid, and refuses a certificate with two", () => {
    expect(ask(true, { CN: "ann", "1.3.6.1.4.1.57683.2": "7" }).again()?.user.uid).toBe("7");
    const two = ask(true, { CN: "ann", "1.3.6.1.4.1.57683.2": ["7", "8"] });
    expect(two.again).toThrowError("expected 1 UID, but found multiple");
  });

  it("has no opinion without a certificate or without a common name", () => {
    const bare = authenticationRequest({ socket: new TLSSocket(new Socket()) });
    expect(new ClientCertificate(new MadeUpCertificates()).authenticate(bare)).toBeUndefined();
    expect(ask(true, { O: "devs" }).again()).toBeUndefined();
  });

  it("refuses a certificate that no client CA has signed, whatever its subject says, however often it comes", () => {
    const forged = ask(false, { CN: "admin", O: "system:masters" });
    for (let round = 0; round < 2; round++) expect(forged.again).toThrowError("not signed by a client CA");
  });

  it("gives the same user for all requests of a connection", () => {
    const { again } = ask(true, { CN: "ann" });
    expect(again()?.user).toBe(again()?.user);
  });
});
