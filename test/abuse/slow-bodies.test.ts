import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawConnection } from "../integration/support/raw-connection.js";
import { rawTarget } from "../integration/support/raw-target.js";
import { FLAG, FRAME, frame, headerBlock } from "./h2-frame.js";
import { H2Peer } from "./h2-peer.js";

const MAPS = "/api/v1/namespaces/default/configmaps";

describe("bodies that never end", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ config: { server: { requestTimeout: 1 } } });
  });
  afterAll(() => server.stop());

  it("are answered 504 over HTTP/1.1 when the request's time is up, and nothing is stored", async () => {
    const connection = await RawConnection.open(rawTarget(server));
    const body = '{"metadata":{"name":"slow"}}';
    const head = `POST ${MAPS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
    connection.write(`${head}Content-Length: ${body.length + 1}\r\n\r\n${body}`);
    const answer = await connection.until(/did not complete within the allotted timeout/);
    expect(answer).toMatch(/^HTTP\/1\.1 504 /);
    connection.close();
    expect((await server.request(`${MAPS}/slow`)).status).toBe(404);
    expect((await server.request("/metrics")).text()).toMatch(
      /apiserver_request_terminations_total\{verb="POST",.*resource="configmaps",.*code="504"\} 1\n/,
    );
  });

  it("are answered 504 over HTTP/2 as well, and the connection serves on", async () => {
    const peer = await H2Peer.open(rawTarget(server));
    const post = headerBlock([
      [":method", "POST"],
      [":scheme", "https"],
      [":authority", "x"],
      [":path", MAPS],
      ["content-type", "application/json"],
    ]);
    peer.send(frame(FRAME.headers, FLAG.endHeaders, 1, post), frame(FRAME.data, 0, 1, Buffer.from("{")));
    const { payload } = await peer.until(({ type, stream }) => type === FRAME.data && stream === 1);
    expect(payload.toString()).toContain("did not complete within the allotted timeout");
    expect(peer.closed).toBe(false);
    peer.close();
  });
});
