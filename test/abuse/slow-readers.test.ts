import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProcessClient } from "../integration/support/process-client.js";
import { RawConnection } from "../integration/support/raw-connection.js";
import { ServerProcess } from "../process/server-process.js";
import { FRAME, frame, getFrame } from "./h2-frame.js";
import { H2Peer } from "./h2-peer.js";
import { residentBytes } from "./resident-bytes.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const OBJECTS = 40;
const OBJECT_BYTES = 512 * 1024;
const READERS = 40;
/** What the answers would take if they waited in memory: 800 MiB. */
const ALL = OBJECTS * OBJECT_BYTES * READERS;

describe("clients that ask for much and read nothing", () => {
  let server: ServerProcess;
  let client: ProcessClient;

  beforeAll(async () => {
    server = await ServerProcess.start();
    client = await ProcessClient.of(server);
    for (let index = 0; index < OBJECTS; index++) {
      const body = { metadata: { name: `large-${index}` }, data: { text: "x".repeat(OBJECT_BYTES) } };
      expect((await client.request("POST", MAPS, body)).status).toBe(201);
    }
    expect((await client.request("GET", MAPS)).text.length).toBeGreaterThan(OBJECTS * OBJECT_BYTES);
  });
  afterAll(() => server.dispose());

  /** The memory that the server has taken while the readers hang, and that others are served meanwhile. */
  async function taken(before: number): Promise<number> {
    for (let round = 0; round < 20; round++) {
      expect((await client.request("GET", `${MAPS}?limit=1`)).status).toBe(200);
    }
    return (await residentBytes(server.pid)) - before;
  }

  it("over HTTP/1.1 take a few buffers each", async () => {
    const before = await residentBytes(server.pid);
    const readers = await Promise.all(Array.from({ length: READERS }, () => RawConnection.open(client.target)));
    for (const reader of readers) {
      reader.socket.pause();
      reader.write(`GET ${MAPS} HTTP/1.1\r\nHost: x\r\n\r\n`);
    }
    expect(await taken(before)).toBeLessThan(ALL / 4);
    for (const reader of readers) reader.close();
  });

  it("over HTTP/2 take a few buffers each, be it by streams or by connections", async () => {
    const before = await residentBytes(server.pid);
    const readers = await Promise.all(Array.from({ length: 4 }, () => H2Peer.open(client.target)));
    for (const reader of readers) {
      // No window is ever opened, so each stream may be sent the first 64 KiB alone.
      reader.send(...Array.from({ length: READERS / 4 }, (_, index) => getFrame(1 + 2 * index, MAPS)));
    }
    expect(await taken(before)).toBeLessThan(ALL / 4);
    for (const reader of readers) reader.close();
  });

  it("over HTTP/2 with a window of nothing are sent nothing", async () => {
    const reader = await H2Peer.open(client.target);
    // SETTINGS_INITIAL_WINDOW_SIZE is 0.
    reader.send(frame(FRAME.settings, 0, 0, Buffer.from([0, 4, 0, 0, 0, 0])), getFrame(1, MAPS));
    await reader.until(({ type }) => type === FRAME.headers);
    expect((await client.request("GET", `${MAPS}?limit=1`)).status).toBe(200);
    expect(reader.frames.some(({ type, payload }) => type === FRAME.data && payload.length > 0)).toBe(false);
    reader.close();
  });
});
