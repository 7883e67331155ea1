import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawConnection } from "../integration/support/raw-connection.js";
import { rawTarget } from "../integration/support/raw-target.js";

const MAPS = "/api/v1/namespaces/default/configmaps";

describe("headers and certificates that claim to be somebody", () => {
  let server: TestServer;
  let stranger: TestServer;

  beforeAll(async () => {
    [server, stranger] = await Promise.all([startTestServer(), startTestServer()]);
  });
  afterAll(async () => {
    await Promise.all([server.stop(), stranger.stop()]);
  });

  /** The status and the text of a raw HTTP/1.1 answer to somebody without a certificate. */
  async function anonymous(lines: readonly string[]): Promise<string> {
    const { port, ca } = rawTarget(server);
    const connection = await RawConnection.open({ port, ca });
    connection.write(`GET ${MAPS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines.join("\r\n")}\r\n\r\n`);
    return connection.end();
  }

  it.each([
    ["a front proxy", ["X-Remote-User: kubernetes-admin", "X-Remote-Group: system:masters"]],
    ["a front proxy in other letters", ["x-ReMoTe-UsEr: kubernetes-admin", "X-REMOTE-GROUP: system:masters"]],
    ["a front proxy with underscores", ["X_Remote_User: kubernetes-admin", "X_Remote_Group: system:masters"]],
    ["a front proxy twice", ["X-Remote-User: a", "X-Remote-User: kubernetes-admin", "X-Remote-Group: system:masters"]],
    ["another, with underscores", ["Impersonate_User: kubernetes-admin", "Impersonate_Group: system:masters"]],
    ["a certificate", ["X-Forwarded-Client-Cert: Subject=kubernetes-admin", "X-SSL-Client-S-DN: O=system:masters"]],
    ["a user", ["X-Forwarded-User: kubernetes-admin", "Remote-User: kubernetes-admin", "X-Webauth-User: root"]],
    ["a user hidden by a hop", ["Connection: close, authorization, x-remote-user", "X-Remote-User: kubernetes-admin"]],
  ])("are no word for %s", async (_what, lines) => {
    const received = await anonymous(lines);
    expect(received).toMatch(/^HTTP\/1\.1 403 /);
    expect(received).toContain('User \\"system:anonymous\\" cannot list');
  });

  it.each([
    ["a user", ["Impersonate-User: kubernetes-admin", "Impersonate-Group: system:masters"]],
    ["a user, among others", ["Impersonate-User: nobody", "Impersonate-User: kubernetes-admin"]],
    ["a service account", ["Impersonate-User: system:serviceaccount:kube-system:default"]],
    ["a node", ["Impersonate-User: system:node:n1"]],
    ["itself, as master", ["Impersonate-User: system:anonymous", "Impersonate-Group: system:masters"]],
  ])("let nobody without a right act as %s", async (_what, lines) => {
    const received = await anonymous(lines);
    expect(received).toMatch(/^HTTP\/1\.1 403 /);
    expect(received).toContain('User \\"system:anonymous\\" cannot impersonate');
  });

  it.each(["Authorization: Bearer", "Authorization: Bearer  ", "Authorization: Basic YTpi", "Authorization: bearer a"])(
    "are not believed by halves: %s",
    async (line) => {
      expect(await anonymous([line])).toMatch(/^HTTP\/1\.1 40[13] /);
    },
  );

  it.each([1, 2] as const)("of a foreign authority open nothing over HTTP/%i", async (http) => {
    const foreign = await stranger.certificateOf("kubernetes-admin", ["system:masters"]);
    const answer = await server.request(MAPS, { as: foreign, http });
    expect(answer.status).toBe(401);
    expect(answer.text()).not.toContain("kubernetes-admin");
    const own = await server.certificateOf("kubernetes-admin", ["system:masters"]);
    expect((await server.request(MAPS, { as: own, http })).status).toBe(200);
  });
});
