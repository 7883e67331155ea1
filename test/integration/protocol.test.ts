import { connect as connectHttp2 } from "node:http2";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "./support/example-server.js";
import { RawConnection } from "./support/raw-connection.js";
import { rawTarget } from "./support/raw-target.js";

const MAPS = "/api/v1/namespaces/default/configmaps";

describe("the port", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  it("speaks HTTP/2 and HTTP/1.1, as the client offers", async () => {
    for (const [protocols, chosen] of [
      [["h2", "http/1.1"], "h2"],
      [["http/1.1", "h2"], "h2"],
      [["http/1.1"], "http/1.1"],
    ] as const) {
      const connection = await RawConnection.open(rawTarget(server), [...protocols]);
      expect(connection.socket.alpnProtocol).toBe(chosen);
      connection.close();
    }
    for (const http of [1, 2] as const) expect((await server.request(MAPS, { http })).status).toBe(200);
  });

  it("presents a certificate for its address, of its own authority", async () => {
    const connection = await RawConnection.open(rawTarget(server));
    expect(connection.socket.authorized).toBe(true);
    expect(connection.socket.getPeerCertificate().subjectaltname).toContain("IP Address:127.0.0.1");
    connection.close();
  });

  it("keeps an HTTP/1.1 connection open from request to request", async () => {
    const connection = await RawConnection.open(rawTarget(server));
    for (let round = 1; round <= 3; round++) {
      connection.write("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n");
      await connection.until(new RegExp(`^(HTTP/1\\.1 200 OK\r\n[\\s\\S]*?\r\n\r\nok){${round}}$`));
    }
    // Two requests at once are answered in order.
    connection.write(
      "GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    expect(await connection.end()).toMatch(/HTTP\/1\.1 200 OK[\s\S]*ok(HTTP\/1\.1 404 [\s\S]*)404 page not found\n$/);
  });

  it("keeps it after an error and an unread body too", async () => {
    const connection = await RawConnection.open(rawTarget(server));
    connection.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello`);
    await connection.until(/"code":415/);
    connection.write("PUT /version HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    await connection.until(/"code":405/);
    connection.write("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n");
    await connection.until(/\r\n\r\nok$/);
    connection.close();
  });

  it("answers HEAD with 405 and no body", async () => {
    for (const http of [1, 2] as const) {
      const response = await server.request(MAPS, { method: "HEAD", http });
      expect(response.status).toBe(405);
      expect(response.body).toHaveLength(0);
    }
    const connection = await RawConnection.open(rawTarget(server));
    connection.write(`HEAD ${MAPS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await connection.end()).toMatch(/^HTTP\/1\.1 405 [\s\S]*\r\n\r\n$/);
  });

  it("takes bodies in chunks, and after 100-continue", async () => {
    const connection = await RawConnection.open(rawTarget(server));
    const type = "Content-Type: application/json\r\n";
    connection.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\n${type}Transfer-Encoding: chunked\r\n\r\n`);
    for (const part of ['{"metadata":', '{"name":"chunked"', "}}"]) {
      connection.write(`${part.length.toString(16)}\r\n${part}\r\n`);
    }
    connection.write("0\r\n\r\n");
    await connection.until(/^HTTP\/1\.1 201 [\s\S]*"name":"chunked"/);
    const body = '{"metadata":{"name":"continued"}}';
    connection.write(
      `POST ${MAPS} HTTP/1.1\r\nHost: x\r\n${type}Expect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await connection.until(/HTTP\/1\.1 100 Continue\r\n\r\n$/);
    connection.write(body);
    await connection.until(/HTTP\/1\.1 201 [\s\S]*"name":"continued"/);
    connection.close();
  });

  it("understands a target in absolute form, as proxies send it", async () => {
    const connection = await RawConnection.open(rawTarget(server));
    connection.write(`GET https://x/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await connection.end()).toMatch(/^HTTP\/1\.1 200 OK/);
  });

  it("refuses to be upgraded", async () => {
    const connection = await RawConnection.open(rawTarget(server));
    connection.write(
      `GET ${MAPS}?watch=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    expect(await connection.end()).toMatch(/^HTTP\/1\.1 400 [\s\S]*unable to upgrade the connection/);
  });

  it("answers what is no HTTP with 400 and hangs up", async () => {
    for (const nonsense of ["nonsense\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\nBad Header\r\n\r\n"]) {
      const connection = await RawConnection.open(rawTarget(server));
      connection.write(nonsense);
      expect(await connection.end(), nonsense).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect((await server.request("/readyz")).text()).toBe("ok");
  });

  it("runs many requests on one HTTP/2 connection at once", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => server.request(MAPS)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it("sends callers whom nobody vouches for away from an HTTP/2 connection", async () => {
    const session = connectHttp2(server.url, { ca: server.ca });
    const goaway = new Promise((resolve) => session.once("goaway", (code) => resolve(code)));
    const stream = session.request({ ":path": "/version" });
    const status = new Promise((resolve) => stream.once("response", (headers) => resolve(headers[":status"])));
    stream.resume();
    expect(await status).toBe(200);
    expect(await goaway).toBe(0);
    session.close();
  });
});
