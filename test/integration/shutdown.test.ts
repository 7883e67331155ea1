import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FLAG, FRAME, frame, getBlock, headerBlock } from "../abuse/h2-frame.js";
import { H2Peer } from "../abuse/h2-peer.js";
import { ServerProcess } from "../process/server-process.js";
import { ProcessClient } from "./support/process-client.js";
import { RawConnection } from "./support/raw-connection.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const BODY = JSON.stringify({ metadata: { name: "finished" } });

describe("a stop", () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function start(server: object): Promise<{ server: ServerProcess; client: ProcessClient }> {
    const folder = await mkdtemp(join(tmpdir(), "quarterdeck-shutdown-"));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const config = join(folder, "config.json");
    await writeFile(config, JSON.stringify({ server }));
    const process = await ServerProcess.start(config);
    ends.push(() => process.dispose());
    return { server: process, client: await ProcessClient.of(process) };
  }

  async function open(client: ProcessClient): Promise<RawConnection> {
    const connection = await RawConnection.open(client.target);
    ends.push(() => connection.close());
    return connection;
  }

  /** A POST of which the last bytes are to come; it runs when this resolves, as the last of some. */
  async function slowPost(client: ProcessClient, writes = 1): Promise<{ finish(): Promise<string> }> {
    const posting = await open(client);
    const head = `POST ${MAPS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}`;
    posting.write(`${head}\r\n\r\n${BODY.slice(0, 5)}`);
    await expect
      .poll(async () => (await client.request("GET", "/metrics")).text)
      .toContain(`apiserver_current_inflight_requests{request_kind="mutating"} ${writes}\n`);
    return {
      finish: () => {
        posting.write(BODY.slice(5));
        return posting.until(/"name": ?"finished"/);
      },
    };
  }

  it("fails /readyz first, and serves everything until the delay is over", async () => {
    const { server, client } = await start({ shutdownDelay: 2 });
    const ended = server.end("SIGTERM");
    await expect.poll(async () => (await client.request("GET", "/readyz")).status).toBe(500);
    expect((await client.request("GET", "/readyz?verbose")).text).toContain("[-]shutdown failed");
    expect((await client.request("GET", "/livez")).status).toBe(200);
    const made = await client.request("POST", MAPS, { metadata: { name: "meanwhile" } });
    expect(made.status).toBe(201);
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it("answers what runs, tells HTTP/2 clients to go, and turns late requests away on their connections", async () => {
    const { server, client } = await start({});
    const peer = await H2Peer.open(client.target);
    ends.push(() => peer.close());
    const post = headerBlock([
      [":method", "POST"],
      [":scheme", "https"],
      [":authority", "x"],
      [":path", MAPS],
      ["content-type", "application/json"],
    ]);
    peer.send(frame(FRAME.headers, FLAG.endHeaders, 1, post), frame(FRAME.data, 0, 1, Buffer.from(BODY.slice(0, 5))));
    const late = await open(client);
    late.write(`GET ${MAPS} HTTP/1.1\r\n`);
    const { finish } = await slowPost(client, 2);
    const ended = server.end("SIGTERM");
    const goaway = await peer.until(({ type }) => type === FRAME.goaway);
    // No error, and stream 1 is the last that is answered: whatever comes later is safe to be sent again.
    expect([goaway.payload.readUInt32BE(0), goaway.payload.readUInt32BE(4)]).toEqual([1, 0]);
    peer.send(frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, 3, getBlock(MAPS)));
    late.write("Host: x\r\n\r\n");
    const refused = await late.until(/apiserver is shutting down/);
    expect(refused).toMatch(/^HTTP\/1\.1 503 /);
    expect(refused).toMatch(/\r\nRetry-After: 1\r\n/i);
    expect(await finish()).toMatch(/^HTTP\/1\.1 201 /);
    peer.send(frame(FRAME.data, FLAG.endStream, 1, Buffer.from(BODY.slice(5))));
    await peer.until(({ type, stream }) => type === FRAME.data && stream === 1);
    await peer.end();
    expect(peer.frames.filter(({ stream }) => stream === 3)).toEqual([]);
    expect(await ended).toEqual({ code: 0, signal: null });
    await expect(client.request("GET", "/readyz")).rejects.toThrow("ECONNREFUSED");
  });

  it("answers newcomers 429 while something runs, where the config says so", async () => {
    const { server, client } = await start({ shutdownSendRetryAfter: true });
    const { finish } = await slowPost(client);
    const ended = server.end("SIGTERM");
    await expect.poll(async () => (await client.request("GET", MAPS)).status).toBe(429);
    const newcomer = await open(client);
    newcomer.write(`GET ${MAPS} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const told = await newcomer.end();
    expect(told).toMatch(/\r\nRetry-After: 5\r\n/i);
    expect(told).toMatch(/\r\nConnection: close\r\n/i);
    expect(told).not.toMatch(/cache-control/i);
    expect((await client.request("GET", "/readyz")).status).toBe(500);
    expect(await finish()).toMatch(/^HTTP\/1\.1 201 /);
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  it("ends watches cleanly over their grace, and waits for them", async () => {
    const { server, client } = await start({ shutdownWatchTerminationGrace: 20 });
    const watches = await Promise.all(Array.from({ length: 30 }, () => open(client)));
    for (const watch of watches) {
      watch.write(`GET ${MAPS}?watch=1 HTTP/1.1\r\nHost: x\r\n\r\n`);
      await watch.until(/\r\n\r\n/);
    }
    const ended = server.end("SIGTERM");
    for (const watch of watches) expect(await watch.end()).toMatch(/\r\n0\r\n\r\n$/);
    expect(await ended).toEqual({ code: 0, signal: null });
  });
});
