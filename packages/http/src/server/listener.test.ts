import http2, { type ClientHttp2Session } from "node:http2";
import https from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import type { Filter } from "@quarterdeck/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testCertificate } from "../../testing/test-certificate.js";
import { type TestServer, testServer } from "../../testing/test-server.js";
import { DEFAULT_SETTINGS } from "./api-server-settings.js";
import { type ApiListener, createListener } from "./listener.js";

/** Holds requests to `/version` until it is told to let them go. */
class Gate implements Filter {
  entered: () => void = () => {};
  open: () => void = () => {};
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  async handle(context: { readonly path: string }, next: () => Promise<void>): Promise<void> {
    if (context.path === "/version") {
      this.entered();
      await this.#opened;
    }
    return next();
  }
}

let gate: Gate;
let test: TestServer;
let listener: ApiListener;
let address: AddressInfo;

beforeEach(async () => {
  gate = new Gate();
  const { certificate, key } = await testCertificate();
  test = await testServer({
    edits: [{ after: "authorization", use: { name: "gate", filter: gate, source: "test" } }],
    settings: DEFAULT_SETTINGS,
  });
  listener = createListener({ server: test.api, certificate, key, logger: test.logger });
  address = await listener.listen(0, "127.0.0.1");
});

afterEach(async () => {
  listener.closeNow();
  await test.stop();
});

function connect(): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const session = http2.connect(`https://127.0.0.1:${address.port}`, { rejectUnauthorized: false });
    session.once("connect", () => resolve(session)).once("error", reject);
  });
}

function get(session: ClientHttp2Session, path: string, headers = {}): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":path": path, ...headers });
    let code = 0;
    let text = "";
    stream.setEncoding("utf8");
    stream.on("response", (response) => {
      code = Number(response[":status"]);
    });
    stream.on("data", (chunk) => {
      text += chunk;
    });
    stream.on("end", () => resolve({ code, text })).on("error", reject);
  });
}

function getOverHttp1(path: string): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { port: address.port, path, rejectUnauthorized: false, agent: false, ALPNProtocols: ["http/1.1"] };
    const req = https.get(options, (res) => {
      let text = "";
      res.setEncoding("utf8");
      res.on("data", (chunk) => {
        text += chunk;
      });
      res.on("end", () => resolve({ code: res.statusCode ?? 0, text }));
    });
    req.on("error", reject);
  });
}

const alice = { authorization: "Bearer alice" };

describe("listener", () => {
  it("speaks HTTP/2 and HTTP/1.1 on one TLS port", async () => {
    const session = await connect();
    expect(session.alpnProtocol).toBe("h2");
    expect(await get(session, "/healthz", alice)).toEqual({ code: 200, text: "ok" });
    expect(await getOverHttp1("/healthz")).toEqual({ code: 200, text: "ok" });
    session.destroy();
  });

  it("ends the HTTP/2 connection of an anonymous caller after its request, and keeps a user's", async () => {
    const session = await connect();
    await get(session, "/healthz", alice);
    expect(session.closed).toBe(false);
    const closed = new Promise<void>((resolve) => session.once("close", resolve));
    expect((await get(session, "/healthz")).code).toBe(200);
    await closed;
  });

  it("waits for running requests in a drain and then closes every connection", async () => {
    const session = await connect();
    const entered = new Promise<void>((resolve) => {
      gate.entered = resolve;
    });
    const running = get(session, "/version", alice);
    await entered;
    const closed = new Promise<void>((resolve) => session.once("close", resolve));
    let done = false;
    const drained = listener.drain({ timeoutSeconds: 30 }).then((clean) => {
      done = true;
      return clean;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    gate.open();
    expect((await running).code).toBe(200);
    expect(await drained).toBe(true);
    await closed;
    await expect(connect()).rejects.toThrow();
  });

  it("cuts off what does not end in time", async () => {
    const session = await connect();
    session.on("error", () => {});
    const entered = new Promise<void>((resolve) => {
      gate.entered = resolve;
    });
    const running = get(session, "/version", alice).catch(() => "cut off");
    await entered;
    expect(await listener.drain({ timeoutSeconds: 0.05 })).toBe(false);
    expect(
      await Promise.race([running, new Promise((resolve) => session.once("close", () => resolve("cut off")))]),
    ).toBe("cut off");
  });

  it("answers 504 to a client that does not finish its body", async () => {
    const session = await connect();
    const answer = await new Promise((resolve) => {
      const path = "/api/v1/namespaces/demo/notes?timeout=20ms";
      const stream = session.request({ ":method": "POST", ":path": path, ...alice });
      let code: unknown;
      stream.on("response", (headers) => {
        code = headers[":status"];
      });
      stream.on("end", () => resolve(code));
      stream.resume();
      stream.write("{");
    });
    expect(answer).toBe(504);
    session.destroy();
  });

  it("does not take what came before a reset for the whole body", async () => {
    const session = await connect();
    const headers = { ...alice, "content-type": "application/yaml" };
    const stream = session.request({ ":method": "POST", ":path": "/api/v1/namespaces/demo/notes", ...headers });
    stream.on("error", () => {});
    stream.write("metadata: {name: half}\n", () => setTimeout(() => stream.close(http2.constants.NGHTTP2_CANCEL), 20));
    await new Promise((resolve) => stream.once("close", resolve));
    expect(JSON.parse((await get(session, "/api/v1/notes", alice)).text).items).toEqual([]);
    session.destroy();
  });

  it("refuses an upgrade with a Status", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = tls.connect({ port: address.port, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] }, () =>
        socket.write("GET /api/v1/notes HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
      );
      let received = "";
      socket.setEncoding("utf8");
      socket.on("data", (chunk) => {
        received += chunk;
      });
      socket.on("end", () => resolve(received)).on("error", reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(text).toContain('unable to upgrade the connection to \\"websocket\\"');
  });
});
