import { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { authenticationRequest } from "@quarterdeck/testing/authenticator-contract";
import { MadeUpCertificates } from "@quarterdeck/testing/doubles";
import { describe, expect, it } from "vitest";
import { RequestHeader } from "./request-header.js";
import { RequestHeaderOptions } from "./request-header-options.js";

function options(changes: Partial<RequestHeaderOptions> = {}): RequestHeaderOptions {
  const defaults = {
    allowedNames: [],
    usernameHeaders: ["X-Remote-User"],
    uidHeaders: ["X-Remote-Uid"],
    groupHeaders: ["X-Remote-Group"],
    extraHeaderPrefixes: ["X-Remote-Extra-"],
  };
  return Object.assign(new RequestHeaderOptions(), defaults, changes);
}

const certificates = new MadeUpCertificates();

/** A request with these header lines over a connection of `from`. */
function request(
  from: "front proxy CA" | "client CA" | "stranger" | "nobody",
  rawHeaders: readonly string[],
  name = "aggregator",
) {
  const socket = from === "nobody" ? new TLSSocket(new Socket()) : certificates.connection(from, { CN: name });
  return { ...authenticationRequest({ socket }), rawHeaders };
}

function ask(lines: readonly string[], changes?: Partial<RequestHeaderOptions>, name?: string) {
  return new RequestHeader(options(changes), certificates).authenticate(request("front proxy CA", lines, name))?.user;
}

describe("request-header", () => {
  it("takes user, uid, groups and extra from a front proxy, each group a line of its own", () => {
    const lines = ["X-Remote-User", "ann", "x-remote-group", "devs", "X-REMOTE-GROUP", "a, b", "X-Remote-Uid", "7"];
    const extra = ["X-Remote-Extra-Scopes", "view", "X-Remote-Extra-scopes", "edit"];
    expect(ask([...lines, ...extra])).toEqual({
      name: "ann",
      uid: "7",
      groups: ["devs", "a, b"],
      extra: { scopes: ["view", "edit"] },
    });
  });

  it("decodes the keys of extra, and keeps one that is not well encoded", () => {
    const lines = ["X-Remote-User", "ann", "X-Remote-Extra-Acme.com%2Fproject", "x", "X-Remote-Extra-50%", "y"];
    expect(ask(lines)?.extra).toEqual({ "acme.com/project": ["x"], "50%": ["y"] });
  });

  it("takes a key that means something to objects for what it is", () => {
    const extra = ask(["X-Remote-User", "ann", "X-Remote-Extra-__proto__", "x"])?.extra ?? {};
    expect(Object.keys(extra)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(extra)).toBe(Object.prototype);
  });

  it("takes the first header of the list that has a value", () => {
    const usernameHeaders = ["X-First", "X-Second"];
    expect(ask(["X-Second", "bob", "X-First", "ann"], { usernameHeaders })?.name).toBe("ann");
    expect(ask(["X-Second", "bob", "X-First", ""], { usernameHeaders })?.name).toBe("bob");
    expect(ask(["X-Remote-User", "ann"], { usernameHeaders })).toBeUndefined();
  });

  it("reads names in UTF-8, and leaves other bytes alone", () => {
    const name = Buffer.from("Jürgen 王").toString("latin1");
    expect(ask(["X-Remote-User", name, "X-Remote-Group", "caf\xe9"])).toEqual({
      name: "Jürgen 王",
      groups: ["caf\xe9"],
    });
  });

  it("has no opinion when the front proxy names nobody", () => {
    expect(ask(["X-Remote-Group", "system:masters"])).toBeUndefined();
  });

  it.each(["client CA", "stranger", "nobody"] as const)(
    "does not believe the headers of a connection vouched for by a %s",
    (from) => {
      const lines = ["X-Remote-User", "admin", "X-Remote-Group", "system:masters"];
      const plugin = new RequestHeader(options(), certificates);
      expect(plugin.authenticate(request(from, lines))).toBeUndefined();
    },
  );

  it("believes only front proxies that it is told to", () => {
    const allowedNames = ["aggregator"];
    expect(ask(["X-Remote-User", "ann"], { allowedNames }, "aggregator")?.name).toBe("ann");
    const another = () => ask(["X-Remote-User", "ann"], { allowedNames }, "sidecar");
    expect(another).toThrowError("x509: subject with cn=sidecar is not in the allowed list");
  });

  it("has nothing to say about a token that a review asks for", () => {
    const plugin = new RequestHeader(options(), certificates);
    expect(plugin.authenticate({ socket: undefined, path: "", header: () => "ann" })).toBeUndefined();
  });
});
