// The floor: what the same bytes cost with nothing but node:http2, JSON.parse and an appended file.
import { fdatasync, open, readFileSync, write } from "node:fs";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { join } from "node:path";
import { fixture, listOf, REPLAYED, storedFixture } from "./fixture.js";

const [port = "0", certificates = ".", folder = "."] = process.argv.slice(2);
const object = Buffer.from(JSON.stringify(fixture("floor", 1)));
const lists = new Map([1000, 10_000].map((count) => [count, listOf(count)]));
/** What a watch from a little in the past begins with. */
const replay = Buffer.concat(
  Array.from({ length: REPLAYED }, (_, index) =>
    Buffer.from(`{"type":"ADDED","object":${JSON.stringify(storedFixture(`storm-${index}`, index))}}\n`),
  ),
);
const watchers = new Set<Http2ServerResponse>();
const JSON_TYPE = { "content-type": "application/json" };

type Waiting = { readonly line: Buffer; readonly done: () => void };
let waiting: Waiting[] = [];
let writing = false;

const log = await new Promise<number>((resolve, reject) => {
  open(join(folder, "log"), "a", (error, descriptor) => (error ? reject(error) : resolve(descriptor)));
});

/** Appends everything that waits with one write and one fdatasync. */
function flush(): void {
  if (writing || waiting.length === 0) return;
  writing = true;
  const group = waiting;
  waiting = [];
  write(log, Buffer.concat(group.map(({ line }) => line)), (failed) => {
    if (failed) throw failed;
    fdatasync(log, (unsynced) => {
      if (unsynced) throw unsynced;
      writing = false;
      for (const { done } of group) done();
      flush();
    });
  });
}

/** Parses a body, has it on disk and goes on with its bytes. */
function store(request: Http2ServerRequest, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    JSON.parse(body.toString());
    waiting.push({ line: body, done: () => done(body) });
    flush();
  });
}

function append(request: Http2ServerRequest, response: Http2ServerResponse): void {
  store(request, (body) => {
    response.writeHead(201, JSON_TYPE);
    response.end(body);
  });
}

/** The event is on disk before it is told, as in a server whose events are writes: the pace is then the same. */
function broadcast(request: Http2ServerRequest, response: Http2ServerResponse): void {
  store(request, (body) => {
    const frame = Buffer.from(`{"type":"ADDED","object":${body.toString()}}\n`);
    for (const watcher of watchers) watcher.write(frame);
    response.writeHead(201, JSON_TYPE);
    response.end(body);
  });
}

const server = createSecureServer({
  allowHTTP1: true,
  cert: readFileSync(join(certificates, "serving.crt")),
  key: readFileSync(join(certificates, "serving.key")),
  // Several lists of 10 MB wait on one connection, which Node's default of 10 MB would reset.
  maxSessionMemory: 1000,
});

server.on("request", (request: Http2ServerRequest, response: Http2ServerResponse) => {
  const { url } = request;
  if (request.method === "POST") {
    if (url === "/broadcast") broadcast(request, response);
    else append(request, response);
    return;
  }
  if (url === "/replay") {
    response.writeHead(200, JSON_TYPE);
    response.write(replay);
    return;
  }
  if (url === "/watch") {
    response.writeHead(200, JSON_TYPE);
    response.write("\n");
    watchers.add(response);
    response.on("close", () => watchers.delete(response));
    return;
  }
  const list = url.startsWith("/list/") ? lists.get(Number(url.slice(6))) : undefined;
  response.writeHead(200, JSON_TYPE);
  response.end(list ?? object);
});

server.listen(Number(port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
