import type { TLSSocket } from "node:tls";
import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { ClientCertificate } from "./client-certificate.js";

function connection(authorized: boolean, subject: object | undefined) {
  let reads = 0;
  const socket = {
    authorized,
    getPeerCertificate() {
      reads += 1;
      return subject === undefined ? {} : { subject, fingerprint256: "AB:CD" };
    },
  };
  // The plugin reads two members of a socket; a real handshake is in the integration tests.
  const request = {
    socket: Object.assign(Object.create(null), socket) as TLSSocket,
    header: () => undefined,
    path: "/",
  };
  return { request, reads: () => reads };
}

describe("client-certificate", () => {
  it("takes the user from the common name and the groups from the organisations", () => {
    const { request } = connection(true, { CN: "ann", O: ["devs", "system:masters"] });
    expect(new ClientCertificate().authenticate(request)).toEqual({
      user: {
        name: "ann",
        groups: ["devs", "system:masters"],
        extra: { "authentication.kubernetes.io/credential-id": ["X509SHA256=abcd"] },
      },
    });
  });

  it("reads a single organisation, which Node gives as a string", () => {
    const { request } = connection(true, { CN: "ann", O: "devs" });
    expect(new ClientCertificate().authenticate(request)?.user.groups).toEqual(["devs"]);
  });

  it("has no opinion without a certificate or without a common name", () => {
    expect(new ClientCertificate().authenticate(connection(false, undefined).request)).toBeUndefined();
    expect(new ClientCertificate().authenticate(connection(true, { O: "devs" }).request)).toBeUndefined();
  });

  it("refuses a certificate that the CA has not signed, whatever its subject says", () => {
    const { request } = connection(false, { CN: "admin", O: "system:masters" });
    const refused = () => new ClientCertificate().authenticate(request);
    expect(refused).toThrowError(StatusError);
    expect(refused).toThrowError("Unauthorized");
  });

  it("looks at a connection once", () => {
    const { request, reads } = connection(true, { CN: "ann" });
    const plugin = new ClientCertificate();
    plugin.authenticate(request);
    plugin.authenticate(request);
    expect(reads()).toBe(1);
  });
});
