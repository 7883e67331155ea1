import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProcessClient } from "../integration/support/process-client.js";
import { ServerProcess } from "../process/server-process.js";
import { H2Peer } from "./h2-peer.js";
import { openFilesLimit } from "./open-files-limit.js";
import { residentBytes } from "./resident-bytes.js";

const WANTED = Number(process.env.QUARTERDECK_IDLE_CONNECTIONS ?? 1000);
/** Files that this process and the server need beside the connections. */
const OTHER_FILES = 500;
const PARALLEL = 50;
/** A TLS connection and its HTTP/2 session, with what the allocator has not given back. */
const MOST_BYTES_EACH = 128 * 1024;
const MINUTES = 60_000;

describe("connections that ask for nothing", () => {
  let server: ServerProcess;
  let client: ProcessClient;
  beforeAll(async () => {
    server = await ServerProcess.start();
    client = await ProcessClient.of(server);
  });
  afterAll(() => server.dispose());

  it(
    "keep nobody from being served",
    async () => {
      const limit = await openFilesLimit();
      const count = Math.min(WANTED, limit - OTHER_FILES);
      if (count < WANTED) process.stderr.write(`${WANTED} connections are not possible: ${limit} files may be open\n`);
      const { port, ca } = client.target;
      const before = await residentBytes(server.pid);
      const peers: H2Peer[] = [];
      let opened = 0;
      const openSome = async (): Promise<void> => {
        while (opened++ < count) peers.push(await H2Peer.open({ port, ca }));
      };
      await Promise.all(Array.from({ length: PARALLEL }, openSome));
      expect(peers.filter((peer) => peer.closed)).toEqual([]);
      for (let round = 0; round < 20; round++) {
        expect((await client.request("GET", "/api/v1/namespaces")).status).toBe(200);
      }
      const each = ((await residentBytes(server.pid)) - before) / count;
      process.stderr.write(`${count} idle connections: ${(each / 1024).toFixed(1)} KiB each\n`);
      expect(each).toBeLessThan(MOST_BYTES_EACH);
      expect(server.runs).toBe(true);
      for (const peer of peers) peer.close();
      await expect.poll(async () => (await client.request("GET", "/readyz")).text, { timeout: 30_000 }).toBe("ok");
    },
    10 * MINUTES,
  );
});
