import { readFile } from "node:fs/promises";
import { connect } from "node:http2";
import { request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type ClientCertificate, startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
const REVIEW = JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" });
const MASTER = { "x-remote-user": "admin", "x-remote-group": "system:masters" };

let server: TestServer;
let proxy: ClientCertificate;
beforeAll(async () => {
  server = await startTestServer({
    config: {
      authentication: [["request-header", { allowedNames: ["front-proxy-client"] }], "client-certificate", "anonymous"],
      authorization: ["always-allow"],
    },
  });
  const pki = (name: string) => readFile(join(server.data, "pki", name), "utf8");
  proxy = { certificate: await pki("front-proxy-client.crt"), key: await pki("front-proxy-client.key") };
});
afterAll(() => server.stop());

async function whoIs(headers: { readonly [name: string]: string }, as: ClientCertificate | "anonymous", http?: 1 | 2) {
  const sent = { "content-type": "application/json", ...headers };
  const answer = await server.request(WHO, { method: "POST", headers: sent, body: REVIEW, as, ...(http && { http }) });
  const review: { readonly status?: { readonly userInfo: object } } = answer.status === 201 ? answer.json() : {};
  return review.status?.userInfo ?? answer.status;
}

describe("a front proxy", () => {
  it.each([1, 2] as const)("names the user over HTTP/%i", async (http) => {
    const headers = { "X-Remote-User": "ann", "X-Remote-Group": "devs", "X-Remote-Extra-Acme.com%2Fteam": "blue" };
    expect(await whoIs({ ...headers, "X-Remote-Uid": "u-1" }, proxy, http)).toEqual({
      username: "ann",
      uid: "u-1",
      groups: ["devs", "system:authenticated"],
      extra: { "acme.com/team": ["blue"] },
    });
  });

  it("names each group in a line of its own over HTTP/1.1", async () => {
    const { certificate: cert, key } = proxy;
    const headers = { "content-type": "application/json", "x-remote-user": "ann", "x-remote-group": ["a", "b, c"] };
    const answer = await new Promise<string>((resolve, reject) => {
      const sent = request(server.url + WHO, { method: "POST", headers, ca: server.ca, cert, key }, (response) =>
        text(response).then(resolve, reject),
      );
      sent.on("error", reject);
      sent.end(REVIEW);
    });
    expect(JSON.parse(answer).status.userInfo.groups).toEqual(["a", "b, c", "system:authenticated"]);
  });

  it("names another user with each request of one connection", async () => {
    const { certificate: cert, key } = proxy;
    const session = connect(server.url, { ca: server.ca, cert, key });
    const ask = async (user: string) => {
      const stream = session.request({
        ":path": WHO,
        ":method": "POST",
        "content-type": "application/json",
        "x-remote-user": user,
      });
      stream.end(REVIEW);
      return JSON.parse(await text(stream)).status.userInfo.username;
    };
    expect(await Promise.all(["ann", "bob", "eve"].map(ask))).toEqual(["ann", "bob", "eve"]);
    session.close();
  });

  it("is nobody itself: a request that names no user is refused", async () => {
    expect(await whoIs({}, proxy)).toBe(401);
    expect(await whoIs({ "x-remote-group": "system:masters" }, proxy)).toBe(401);
  });

  it("cannot impersonate beyond what the user that it names may", async () => {
    const rbac = await startTestServer({
      config: { authentication: ["request-header", "client-certificate"], authorization: ["system-masters"] },
    });
    const pki = (name: string) => readFile(join(rbac.data, "pki", name), "utf8");
    const as = { certificate: await pki("front-proxy-client.crt"), key: await pki("front-proxy-client.key") };
    const headers = { "x-remote-user": "ann", "impersonate-user": "admin", "impersonate-group": "system:masters" };
    expect((await rbac.request("/api/v1/namespaces", { headers, as })).status).toBe(403);
    await rbac.stop();
  });
});

describe("headers of a front proxy mean nothing", () => {
  it("over a connection without a certificate", async () => {
    expect(await whoIs(MASTER, "anonymous")).toMatchObject({ username: "system:anonymous" });
    expect(await whoIs(MASTER, "anonymous", 1)).toMatchObject({ username: "system:anonymous" });
  });

  it("over a connection of a user, who stays who they are", async () => {
    const ann = await server.certificateOf("ann", ["devs"]);
    expect(await whoIs(MASTER, ann)).toMatchObject({ username: "ann", groups: ["devs", "system:authenticated"] });
  });

  it("over a connection of a user with the proxy's name", async () => {
    const forged = await server.certificateOf("front-proxy-client");
    expect(await whoIs(MASTER, forged)).toMatchObject({
      username: "front-proxy-client",
      groups: ["system:authenticated"],
    });
  });

  it("over a connection with a certificate of a stranger", async () => {
    const other = await startTestServer({ config: { authorization: ["always-allow"] } });
    const pki = (name: string) => readFile(join(other.data, "pki", name), "utf8");
    const stranger = { certificate: await pki("front-proxy-client.crt"), key: await pki("front-proxy-client.key") };
    await other.stop();
    expect(await whoIs(MASTER, stranger)).toBe(401);
  });

  it("from a front proxy whose name is not allowed", async () => {
    await server.reload({
      authentication: [["request-header", { allowedNames: ["another"] }], "client-certificate", "anonymous"],
      authorization: ["always-allow"],
    });
    expect(await whoIs(MASTER, proxy)).toBe(401);
    expect(JSON.stringify(server.logs)).toContain("subject with cn=front-proxy-client is not in the allowed list");
  });

  it("where request-header is not named: the certificate of a front proxy is nobody's", async () => {
    await server.reload({ authentication: ["client-certificate", "anonymous"], authorization: ["always-allow"] });
    expect(await whoIs(MASTER, proxy)).toBe(401);
    expect(await whoIs({}, proxy)).toBe(401);
  });
});
