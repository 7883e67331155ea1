// The clients that others suffer from, in a process of their own: one user who asks all the time, and slow ones.
import { readFileSync } from "node:fs";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { Credentials } from "./credentials.js";
import { openSession, request } from "./load.js";

const CONNECTIONS = 8;
/** Requests that the greedy user has open on each connection. */
const STREAMS = 60;
const BATCH = 50;

interface Orders {
  readonly greedy: Credentials;
  readonly slow: Credentials;
  readonly slowClients: number;
  readonly object: string;
  readonly collection: string;
}

const orders: Orders = JSON.parse(readFileSync(0, "utf8"));
const counts = { answered: 0, refused: 0, slow: 0 };

/** Asks for an object nine times out of ten, else for a list. */
async function beGreedy(): Promise<void> {
  const sessions = await Promise.all(Array.from({ length: CONNECTIONS }, () => openSession(orders.greedy)));
  for (const session of sessions) {
    for (let stream = 0; stream < STREAMS; stream++) {
      void (async () => {
        for (let round = stream; ; round++) {
          const path = round % 10 === 0 ? orders.collection : orders.object;
          const { status } = await request(session, "GET", path);
          if (status === 429) counts.refused++;
          else counts.answered++;
        }
      })();
    }
  }
}

function open(): Promise<TLSSocket> {
  const { ca, cert, key, server } = orders.slow;
  const { hostname, port } = new URL(server);
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: hostname, port: Number(port), ca, cert, key, ALPNProtocols: ["http/1.1"] });
    socket.once("secureConnect", () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Half a header, a body that does not come, or a list that is not read. */
async function beSlow(index: number): Promise<void> {
  const socket = await open();
  socket.on("error", () => {}).pause();
  const { pathname } = new URL(orders.collection, orders.slow.server);
  const head = "Host: x\r\nAccept: application/json\r\n";
  if (index % 3 === 0) socket.write(`GET ${pathname} HTTP/1.1\r\nHost: `);
  else if (index % 3 === 1) socket.write(`GET ${orders.collection} HTTP/1.1\r\n${head}\r\n`);
  else {
    socket.write(
      `POST ${pathname} HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n{`,
    );
    setInterval(() => socket.writable && socket.write(" "), 1000).unref();
  }
  counts.slow++;
}

for (let index = 0; index < orders.slowClients; index += BATCH) {
  await Promise.all(Array.from({ length: BATCH }, (_, more) => beSlow(index + more)));
}
await beGreedy();
process.send?.("ready");
process.on("message", () => {
  process.send?.(counts);
  process.exit(0);
});
