import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testCertificate } from "../../testing/test-certificate.js";
import { type TestServer, testServer } from "../../testing/test-server.js";
import { MetricRegistry } from "../metrics/metric-registry.js";
import { type ApiListener, createListener } from "./listener.js";
import { PEER_LIMITS } from "./peer-limits.js";

const SHORT = { handshake: 200, headers: 200, request: 400, keepAlive: 200, ping: 100 };

describe("slow peers", () => {
  let test: TestServer;
  let listener: ApiListener;
  let port: number;
  let metrics: MetricRegistry;

  beforeEach(async () => {
    const { certificate, key } = await testCertificate();
    metrics = new MetricRegistry();
    test = await testServer({ metrics });
    listener = createListener({ server: test.api, certificate, key, logger: test.logger, limits: SHORT });
    ({ port } = await listener.listen(0, "127.0.0.1"));
  });
  afterEach(async () => {
    listener.closeNow();
    await test.stop();
  });

  async function secure(protocol: string): Promise<Socket> {
    const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false, ALPNProtocols: [protocol] });
    await once(socket, "secureConnect");
    return socket;
  }

  /** What the server said until it closed the connection, which it must. */
  async function closed(socket: Socket): Promise<string> {
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", () => undefined);
    await once(socket, "close");
    return text;
  }

  it("that never begin their handshake are cut off", async () => {
    const socket = connectTcp({ port, host: "127.0.0.1" });
    expect(await closed(socket)).toBe("");
    expect(await metrics.render()).toContain("apiserver_tls_handshake_errors_total 1\n");
  });

  it("that stop in the middle of their handshake are cut off", async () => {
    const socket = connectTcp({ port, host: "127.0.0.1" });
    // The record header of a ClientHello of 512 bytes, of which none follows.
    socket.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]));
    expect(await closed(socket)).toBe("");
  });

  it.each(["", "GET / HTTP/1.1\r\nHost: x\r\nX-Sl"])("that never end their headers get 408: %j", async (text) => {
    const socket = await secure("http/1.1");
    socket.write(text);
    expect(await closed(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("that never end their body are cut off", async () => {
    const socket = await secure("http/1.1");
    const head = "POST /api/v1/namespaces/default/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    socket.write(`${head}Content-Length: 100\r\n\r\n{`);
    await closed(socket);
  });

  it("that ask for nothing more are sent away", async () => {
    const socket = await secure("http/1.1");
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(await closed(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("that speak HTTP/2 and do not answer a ping are gone", async () => {
    const socket = await secure("h2");
    socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    await closed(socket);
  });

  it("have time enough otherwise", () => {
    expect(PEER_LIMITS.headers).toBeGreaterThanOrEqual(30_000);
    expect(PEER_LIMITS.request).toBeGreaterThan(60_000);
  });
});
