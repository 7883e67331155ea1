import http, { type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestServer, testServer } from "../../testing/test-server.js";

const NOTES = "/api/v1/namespaces/demo/notes";
let test: TestServer;
let server: Server;

interface WatchEvent {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any field of any object
  readonly object: any;
}

/** A running watch whose events can be waited for. */
class Watching {
  readonly events: WatchEvent[] = [];
  ended = false;
  #wake: () => void = () => {};
  #rest = "";

  constructor(readonly response: IncomingMessage) {
    response.setEncoding("utf8");
    response.on("data", (text: string) => {
      const lines = (this.#rest + text).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) this.events.push(JSON.parse(line));
      this.#wake();
    });
    const end = (): void => {
      this.ended = true;
      this.#wake();
    };
    response.on("end", end).on("error", end).on("close", end);
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.ended) throw new Error(`the watch ended after ${JSON.stringify(this.events)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async end(): Promise<void> {
    while (!this.ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  get summary(): string[] {
    return this.events.map(({ type, object }) => `${type} ${object.metadata?.name ?? object.code ?? ""}`.trim());
  }
}

function request(method: string, path: string, body?: object, headers = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const req = http.request({ port, method, path, agent: false, headers }, resolve);
    req.on("error", reject);
    req.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function json(method: string, path: string, body?: object, headers = {}) {
  const response = await request(method, path, body, headers);
  let text = "";
  for await (const chunk of response) text += chunk;
  return JSON.parse(text);
}

async function watch(query: string, path = NOTES): Promise<Watching> {
  const response = await request("GET", `${path}${query}`);
  expect(response.statusCode).toBe(200);
  return new Watching(response);
}

beforeAll(async () => {
  test = await testServer();
  server = http.createServer((req, res) => void test.api.callback(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await json("POST", "/api/v1/namespaces", { metadata: { name: "demo" } });
  await json("POST", NOTES, { metadata: { name: "first" } });
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await test.stop();
});

describe("watch", () => {
  it("tells the present state, then every change, one a line", async () => {
    const watching = await watch("?watch=1&fieldSelector=metadata.namespace=demo");
    await watching.until(() => watching.events.length === 1);
    await json("POST", NOTES, { metadata: { name: "second" } });
    const merge = { "content-type": "application/merge-patch+json" };
    await json("PATCH", `${NOTES}/second`, { data: { a: "1" } }, merge);
    await json("DELETE", `${NOTES}/second`);
    await watching.until(() => watching.events.length === 4);
    expect(watching.summary).toEqual(["ADDED first", "ADDED second", "MODIFIED second", "DELETED second"]);
    expect(watching.response.headers["content-type"]).toBe("application/json");
    watching.response.destroy();
  });

  it("watches one object by the legacy path", async () => {
    const watching = await watch("/first", "/api/v1/watch/namespaces/demo/notes");
    await watching.until(() => watching.events.length === 1);
    expect(watching.summary).toEqual(["ADDED first"]);
    watching.response.destroy();
  });

  it("ends after timeoutSeconds with a bookmark", async () => {
    const watching = await watch("?watch=1&timeoutSeconds=1&allowWatchBookmarks=true");
    await watching.end();
    expect(watching.response.complete).toBe(true);
    expect(watching.events.at(-1)).toMatchObject({
      type: "BOOKMARK",
      object: { kind: "Note", metadata: { resourceVersion: expect.stringMatching(/^\d+$/) } },
    });
  });

  it("marks the end of the initial events", async () => {
    const watching = await watch(
      "?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&resourceVersion=",
    );
    await watching.until(() => watching.events.some(({ type }) => type === "BOOKMARK"));
    expect(watching.events.at(-1)?.object.metadata.annotations).toEqual({ "k8s.io/initial-events-end": "true" });
    watching.response.destroy();
  });

  it("tells everybody every change once, whenever they came and whatever they chose", async () => {
    await json("POST", "/api/v1/namespaces", { metadata: { name: "crowd" } });
    const notes = "/api/v1/namespaces/crowd/notes";
    const forms = ["?watch=1", "?watch=1&labelSelector=all%3Dyes", "?watch=1&fieldSelector=metadata.namespace%3Dcrowd"];
    const crowd: Promise<Watching>[] = [];
    const names: string[] = [];
    for (let n = 0; n < 40; n++) {
      const name = `note-${n}`;
      names.push(`ADDED ${name}`);
      crowd.push(watch(forms[n % forms.length] ?? "", notes));
      await json("POST", notes, { metadata: { name, labels: { all: "yes" } } });
    }
    for (const watching of await Promise.all(crowd)) {
      await watching.until(() => watching.events.length >= names.length);
      expect([...watching.summary].sort()).toEqual([...names].sort());
      watching.response.destroy();
    }
  });

  it("answers nonsense with a Status instead of a stream", async () => {
    expect(await json("GET", `${NOTES}?watch=1&resourceVersion=abc`)).toMatchObject({ kind: "Status", code: 400 });
    expect(await json("GET", `${NOTES}?watch=1&sendInitialEvents=true`)).toMatchObject({ kind: "Status", code: 422 });
  });

  it("pauses the store for a client that reads slowly, and loses nothing", async () => {
    const path = "/api/v1/namespaces/bulk/notes";
    await json("POST", "/api/v1/namespaces", { metadata: { name: "bulk" } });
    const data = { text: "x".repeat(64 * 1024) };
    const names = Array.from({ length: 300 }, (_, index) => `n${String(index).padStart(3, "0")}`);
    await Promise.all(names.map((name) => json("POST", path, { metadata: { name }, data })));
    const response = await request("GET", `${path}?watch=1`);
    const watching = new Watching(response);
    response.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    response.resume();
    await watching.until(() => watching.events.length === names.length);
    expect(watching.summary).toEqual(names.map((name) => `ADDED ${name}`));
    response.destroy();
  });

  it("lets go of a watch whose client went away", async () => {
    const gauge = async (): Promise<string | undefined> => {
      const response = await request("GET", "/metrics");
      let text = "";
      for await (const chunk of response) text += chunk;
      return /^apiserver_longrunning_requests\{verb="WATCH".*resource="namespaces".*\} (\d+)$/m.exec(text)?.[1];
    };
    const watching = await watch("?watch=1", "/api/v1/namespaces");
    expect(await gauge()).toBe("1");
    watching.response.destroy();
    while ((await gauge()) !== "0") await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("is ended cleanly by a drain, which also refuses newcomers", async () => {
    const watching = await watch("?watch=1");
    const drained = test.api.drain();
    await watching.end();
    expect(watching.response.complete).toBe(true);
    await drained;
    const late = await request("GET", NOTES);
    expect(late.statusCode).toBe(503);
    expect(late.headers["retry-after"]).toBe("1");
    expect(await json("GET", `${NOTES}?watch=1`)).toMatchObject({ code: 503, message: "apiserver is shutting down" });
    const ready = await request("GET", "/readyz");
    expect(ready.statusCode).toBe(500);
  });
});
