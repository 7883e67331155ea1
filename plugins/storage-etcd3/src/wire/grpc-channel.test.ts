import {
  constants,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type Settings,
} from "node:http2";
import { afterEach, describe, expect, it } from "vitest";
import { callFailure, isTimeout, isUnavailable, wasNotSent } from "../access-errors.js";
import { framed } from "./frame.js";
import { GrpcChannel } from "./grpc-channel.js";

type Answer = (stream: ServerHttp2Stream, request: Buffer) => void;

const cleanups: (() => unknown)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

interface Peer {
  readonly channel: GrpcChannel;
  readonly server: Http2Server;
  readonly sessions: readonly ServerHttp2Session[];
  call(text: string): Promise<string>;
}

/** Node's HTTP/2 on the other side. */
async function peer(answer: Answer, settings: Settings = {}, timeout = 5000): Promise<Peer> {
  const server = createServer({ settings });
  const sessions: ServerHttp2Session[] = [];
  server.on("session", (session) => {
    session.on("error", () => {});
    sessions.push(session);
  });
  server.on("stream", (stream) => {
    const chunks: Buffer[] = [];
    stream.on("error", () => {});
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => answer(stream, Buffer.concat(chunks).subarray(5)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const channel = new GrpcChannel(new URL(`http://127.0.0.1:${port}`), {}, timeout);
  cleanups.push(() => {
    channel.close();
    for (const session of sessions) session.destroy();
    server.close();
  });
  const headers = channel.headers("/service/Method", "a-token");
  return {
    channel,
    server,
    sessions,
    call: async (text) => {
      const message = framed((writer) => writer.data(1, Buffer.from(text)));
      return (await channel.unary(headers, message)).toString();
    },
  };
}

/** Answers with the message, or with the trailers alone. */
function respond(stream: ServerHttp2Stream, message: Buffer | undefined, trailers: Record<string, string>): void {
  const head = { ":status": 200, "content-type": "application/grpc" };
  if (message === undefined) {
    stream.respond({ ...head, ...trailers }, { endStream: true });
    return;
  }
  stream.respond(head, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  stream.end(Buffer.concat([prefix, message]));
}

const echo: Answer = (stream, request) => respond(stream, request, { "grpc-status": "0", "grpc-message": "" });

/** What a message with this text is on the wire. */
function message(text: string): string {
  return framed((writer) => writer.data(1, Buffer.from(text)))
    .subarray(5)
    .toString();
}

describe("calls over HTTP/2", () => {
  it("carry messages of all sizes, many at a time, however little the peer has room for", async () => {
    const { call, sessions } = await peer(echo, { initialWindowSize: 1000, maxFrameSize: 20_000 });
    const sizes = Array.from({ length: 150 }, (_, index) => [0, 1, 990, 1000, 1001, 16_384, 70_000][index % 7] ?? 0);
    const large = call("x".repeat(2_000_000));
    const answers = await Promise.all(sizes.map((size) => call("y".repeat(size))));
    expect(answers).toEqual(sizes.map((size) => message("y".repeat(size))));
    expect(await large).toBe(message("x".repeat(2_000_000)));
    expect(sessions.length).toBe(1);
  });

  it("send what the method is called with", async () => {
    const seen: unknown[] = [];
    const { call, server } = await peer(echo);
    server.on("stream", (_stream, headers) => seen.push(headers));
    await call("x");
    expect(seen).toMatchObject([
      {
        ":method": "POST",
        ":path": "/service/Method",
        "content-type": "application/grpc",
        te: "trailers",
        token: "a-token",
      },
    ]);
  });

  it("fail with what the peer says", async () => {
    const { call } = await peer((stream, request) => {
      const status = { "grpc-status": "11", "grpc-message": "etcdserver: 100%25 compacted – %C3%BC" };
      respond(stream, request.length > 10 ? request : undefined, {
        ...status,
        "grpc-message": "etcdserver: 100%25 compacted %C3%BC",
      });
    });
    for (const text of ["x", "a longer one, which is answered before it fails"]) {
      const error: unknown = await call(text).catch((reason: unknown) => reason);
      expect(callFailure(error)).toEqual({ code: 11, details: "etcdserver: 100% compacted ü" });
    }
  });

  it("tell a refused call, which may be made again, from a broken one, which may not", async () => {
    const { call } = await peer((stream, request) =>
      stream.close(request.length > 10 ? constants.NGHTTP2_INTERNAL_ERROR : constants.NGHTTP2_REFUSED_STREAM),
    );
    const refused: unknown = await call("x").catch((reason: unknown) => reason);
    expect([isUnavailable(refused), wasNotSent(refused)]).toEqual([true, true]);
    const broken: unknown = await call("a longer one").catch((reason: unknown) => reason);
    expect([isUnavailable(broken), wasNotSent(broken)]).toEqual([true, false]);
  });

  it("end when the connection does, and the next one makes a new one", async () => {
    let silent = true;
    const { call, sessions } = await peer((stream, request) =>
      silent ? sessions.at(-1)?.destroy() : echo(stream, request),
    );
    const lost: unknown = await call("x").catch((reason: unknown) => reason);
    expect([isUnavailable(lost), wasNotSent(lost)]).toEqual([true, false]);
    silent = false;
    expect(await call("x")).toBe(message("x"));
    expect(sessions.length).toBe(2);
  });

  it("are answered on a connection that is going away, and new ones go over another", async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { call, sessions } = await peer((stream, request) => {
      if (request.toString().includes("slow")) void held.then(() => echo(stream, request));
      else echo(stream, request);
    });
    const slow = call("slow");
    await call("first");
    sessions[0]?.goaway();
    // One that was on its way may be made again; so it is here.
    const unsent: unknown[] = [];
    while (sessions.length < 2) await call("next").catch((reason: unknown) => unsent.push(reason));
    expect(unsent.filter((reason) => !wasNotSent(reason))).toEqual([]);
    expect(await call("next")).toBe(message("next"));
    release();
    expect(await slow).toBe(message("slow"));
  });

  it("do not wait for ever, and tell the peer that nobody waits any more", async () => {
    let aborted = (): void => {};
    const told = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    const { call } = await peer((stream) => stream.once("close", aborted), {}, 200);
    const error: unknown = await call("x").catch((reason: unknown) => reason);
    expect([isTimeout(error), isUnavailable(error)]).toEqual([true, false]);
    await told;
  });

  it("fail at once where nobody listens", async () => {
    const { call, server, sessions } = await peer(echo);
    await call("x");
    for (const session of sessions) session.destroy();
    await new Promise((resolve) => server.close(resolve));
    // The first ones may find the old connection, which does not know yet that it has ended.
    let error: unknown;
    while (callFailure(error)?.details.includes("ECONNREFUSED") !== true) {
      error = await call("x").catch((reason: unknown) => reason);
    }
    expect([isUnavailable(error), wasNotSent(error)]).toEqual([true, true]);
  });

  it("go on in both directions until one side ends them", async () => {
    const server = createServer();
    cleanups.push(() => server.close());
    server.on("stream", (stream) => {
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("error", () => {});
      stream.on("data", (chunk: Buffer) => {
        if (chunk.includes("end")) stream.end();
        else stream.write(chunk);
      });
      stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": "14", "grpc-message": "no leader" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const channel = new GrpcChannel(new URL(`http://127.0.0.1:${port}`), {}, 5000);
    cleanups.push(() => channel.close());
    const stream = await channel.stream(channel.headers("/service/Stream", undefined));
    const heard: string[] = [];
    const ended = new Promise<Error>((resolve) => {
      stream.listen({ onMessage: (part) => void heard.push(part.toString()), onEnd: resolve });
    });
    for (const text of ["one", "two", "end"]) stream.write(framed((writer) => writer.data(1, Buffer.from(text))));
    expect(callFailure(await ended)).toEqual({ code: 14, details: "no leader" });
    expect(heard).toEqual([message("one"), message("two")]);
  });
});
