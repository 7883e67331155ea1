import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiListener, createListener } from "../../packages/http/src/server/listener.js";
import { testCertificate } from "../../packages/http/testing/test-certificate.js";
import { type TestServer, testServer } from "../../packages/http/testing/test-server.js";
import { FRAME, frame, getFrame } from "./h2-frame.js";
import { H2Peer } from "./h2-peer.js";

const CANCEL = Buffer.from([0, 0, 0, 8]);
/** More than any Node lets a connection reset at once. */
const RESETS = 20_000;

describe("an HTTP/2 session that has been ended for what it sent", () => {
  let test: TestServer;
  let listener: ApiListener;
  let peer: H2Peer;

  beforeAll(async () => {
    const { certificate, key } = await testCertificate();
    test = await testServer();
    listener = createListener({ server: test.api, certificate, key, logger: test.logger, limits: { ping: 500 } });
    const { port } = await listener.listen(0, "127.0.0.1");
    peer = await H2Peer.open({ port, ca: certificate });
  });
  afterAll(async () => {
    peer.close();
    listener.closeNow();
    await test.stop();
  });

  it("has its connection closed at the next ping, though the client keeps it open", async () => {
    for (let index = 0; index < RESETS && !peer.closed; index++) {
      await peer.flood(getFrame(1 + 2 * index, "/version"), frame(FRAME.reset, 0, 1 + 2 * index, CANCEL));
    }
    await peer.end();
    const codes = peer.frames.filter(({ type }) => type === FRAME.goaway).map(({ payload }) => payload.readUInt32BE(4));
    expect(codes[0]).toBeGreaterThan(0);
  });
});
