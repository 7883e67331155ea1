import { describe, expect, it } from "vitest";
import { RawConnection } from "./support/raw-connection.js";
import { rawTarget } from "./support/raw-target.js";
import { UntouchedServer } from "./support/untouched-server.js";

const MAPS = "/api/v1/namespaces/default/configmaps";

describe("clients that are slow, or go away", () => {
  const untouched = new UntouchedServer();

  it("with half a header or half a body hold up nobody, and leave nothing behind", async () => {
    const open = await Promise.all(Array.from({ length: 40 }, () => RawConnection.open(rawTarget(untouched.server))));
    for (const [index, connection] of open.entries()) {
      connection.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`);
      if (index % 2 === 0) continue;
      const body = `{"metadata":{"name":"slow-${index}"}}`;
      connection.write(`Content-Length: ${body.length}\r\n\r\n${body.slice(0, -1)}`);
    }
    for (let round = 0; round < 20; round++) expect((await untouched.server.request(MAPS)).status).toBe(200);
    for (const connection of open) expect(connection.received).toBe("");
    for (const connection of open) connection.close();
  });

  it("that go away in the middle of a body have written nothing", async () => {
    const gone = await RawConnection.open(rawTarget(untouched.server));
    const body = '{"metadata":{"name":"gone"}}';
    gone.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`);
    gone.close();
    const stream = await RawConnection.open(rawTarget(untouched.server));
    stream.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1c\r\n${body}\r\n`);
    stream.close();
    expect((await untouched.server.request(`${MAPS}/gone`)).status).toBe(404);
  });

  it("are answered when they come to the end at last", async () => {
    const slow = await RawConnection.open(rawTarget(untouched.server));
    for (const byte of `GET ${MAPS}/there HTTP/1.1\r\nHost: x\r\n\r\n`) {
      slow.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await slow.until(/"name":"there"/)).toMatch(/^HTTP\/1\.1 200 /);
    slow.close();
  });

  it("cannot smuggle a second request in a body", async () => {
    for (const heads of [
      "Content-Length: 5\r\nTransfer-Encoding: chunked",
      "Content-Length: 5\r\nContent-Length: 6",
      "Transfer-Encoding: xchunked",
    ]) {
      const connection = await RawConnection.open(rawTarget(untouched.server));
      connection.write(
        `POST ${MAPS} HTTP/1.1\r\nHost: x\r\n${heads}\r\n\r\n0\r\n\r\nDELETE ${MAPS}/there HTTP/1.1\r\nHost: x\r\n\r\n`,
      );
      expect(await connection.end(), heads).toMatch(/^HTTP\/1\.1 400 [\s\S]*$/);
      expect(connection.received.match(/HTTP\/1\.1 /g), heads).toHaveLength(1);
    }
  });
});
