import { type ClientHttp2Session, connect } from "node:http2";
import type { Credentials } from "./credentials.js";

/** Opens one HTTP/2 connection and waits until it is usable. */
export function openSession(credentials: Credentials): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const { server, ca, cert, key } = credentials;
    // Large windows, so that flow control of the client is not what is measured.
    const session = connect(server, { ca, cert, key, settings: { initialWindowSize: 16 * 1024 * 1024 } });
    session.once("error", reject);
    session.once("connect", () => {
      session.setLocalWindowSize?.(64 * 1024 * 1024);
      resolve(session);
    });
  });
}

/** One request; resolves with status and the number of body bytes. The body is JSON unless a media type says otherwise. */
export function request(
  session: ClientHttp2Session,
  method: string,
  path: string,
  body?: Buffer,
  type = "application/json",
  accept = "application/json",
): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ":method": method,
      ":path": path,
      accept,
      "user-agent": "bench/1",
      ...(body === undefined ? {} : { "content-type": type }),
    });
    let status = 0;
    let bytes = 0;
    stream.on("response", (headers) => {
      status = headers[":status"] ?? 0;
    });
    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    stream.on("end", () => resolve({ status, bytes }));
    stream.on("error", reject);
    stream.end(body);
  });
}

/** The body of a GET. */
export function readText(session: ClientHttp2Session, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":path": path });
    let text = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
    });
    stream.on("end", () => resolve(text));
    stream.on("error", reject);
    stream.end();
  });
}

/** What a list says of itself. */
export interface ListMeta {
  readonly resourceVersion: string;
  readonly continue?: string;
}

/** The metadata of a list. */
export async function listMeta(session: ClientHttp2Session, path: string): Promise<ListMeta> {
  return JSON.parse(await readText(session, path)).metadata;
}

/** Runs `count` tasks with so many at a time; `task` gets the number of the task and of the worker. */
export async function inParallel(
  count: number,
  workers: number,
  task: (index: number, worker: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const work = async (worker: number) => {
    while (next < count) {
      const index = next;
      next += 1;
      await task(index, worker);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
}
