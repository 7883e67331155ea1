import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { type ClientCertificate, startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MAPS = "/api/v1/namespaces/default/configmaps";
const SESSIONS = 6;
const STREAMS = 50;
/** Requests that the greedy user always has open. */
const OUTSTANDING = SESSIONS * STREAMS;
const PATIENT_REQUESTS = 40;
const SLOW_CLIENTS = 60;

describe("a greedy user and slow clients", () => {
  let server: TestServer;
  const sessions: ClientHttp2Session[] = [];
  const sockets: TLSSocket[] = [];

  beforeAll(async () => {
    server = await startTestServer({ config: { authorization: ["always-allow"] } });
    for (let index = 0; index < 20; index++) {
      const body = { metadata: { name: `object-${index}` }, data: { text: "x".repeat(500) } };
      await server.request(MAPS, { method: "POST", body });
    }
  });
  afterAll(async () => {
    for (const session of sessions) session.destroy();
    for (const socket of sockets) socket.destroy();
    await server.stop();
  });

  async function session(user: string): Promise<ClientHttp2Session> {
    const { certificate: cert, key } = await server.certificateOf(user);
    const opened = connectHttp2(server.url, { ca: server.ca, cert, key });
    opened.on("error", () => {});
    sessions.push(opened);
    return opened;
  }

  function get(from: ClientHttp2Session, path: string): Promise<number> {
    return new Promise((resolve) => {
      const stream = from.request({ ":path": path });
      let status = 0;
      stream.on("response", (headers) => {
        status = headers[":status"] ?? 0;
      });
      stream.on("error", () => resolve(0));
      stream.on("end", () => resolve(status));
      stream.resume();
      stream.end();
    });
  }

  /** A client whose request does not come to its end, or who does not read the answer. */
  async function slow({ certificate: cert, key }: ClientCertificate, index: number): Promise<void> {
    const { hostname, port } = new URL(server.url);
    const socket = connectTls({ host: hostname, port: Number(port), ca: server.ca, cert, key });
    socket.on("error", () => {}).pause();
    sockets.push(socket);
    await new Promise((resolve) => socket.once("secureConnect", resolve));
    const body = "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
    socket.write(index % 2 === 0 ? `GET ${MAPS} HTTP/1.1\r\nHost:` : `POST ${MAPS} HTTP/1.1\r\nHost: x\r\n${body}`);
  }

  it("do not have another user wait for all that they ask, and are all served in the end", async () => {
    const certificate = await server.certificateOf("slow");
    await Promise.all(Array.from({ length: SLOW_CLIENTS }, (_one, index) => slow(certificate, index)));
    let served = 0;
    let greedy = true;
    const loops: Promise<void>[] = [];
    for (let connection = 0; connection < SESSIONS; connection++) {
      const from = await session("greedy");
      for (let stream = 0; stream < STREAMS; stream++) {
        const loop = async (): Promise<void> => {
          while (greedy) {
            expect(await get(from, `${MAPS}/object-${stream % 20}`)).toBe(200);
            served++;
          }
        };
        loops.push(loop());
      }
    }
    const patient = await session("patient");
    const between: number[] = [];
    for (let index = 0; index < PATIENT_REQUESTS; index++) {
      const before = served;
      expect(await get(patient, `${MAPS}/object-0`)).toBe(200);
      between.push(served - before);
    }
    greedy = false;
    await Promise.all(loops);
    // Both go on: nobody is starved for the other.
    expect(served).toBeGreaterThan(PATIENT_REQUESTS);
    between.sort((left, right) => left - right);
    // Without turns, more is served before than the greedy user has open: 400 with max-in-flight. With them it is about
    // half of that, and depends on how much the machine does in a slice.
    expect(between[PATIENT_REQUESTS / 2]).toBeLessThan(OUTSTANDING);
  });
});
