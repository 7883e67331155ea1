import { once } from "node:events";
import { connect, createServer } from "node:http2";
import { afterEach, describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { ServerContexts } from "../request/server-context.js";
import { Goaway } from "./goaway.js";

describe("goaway", () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** A session with a server whose answers come when the test says so. */
  async function session(filter: Goaway) {
    const contexts = new ServerContexts();
    const server = createServer();
    let finish = (): void => {};
    const asked = new Promise<void>((resolve) => {
      server.on("request", (req, res) => {
        const context = contexts.create(req, res);
        void filter.handle(context, async () => {
          finish = () => res.end("whole");
          resolve();
        });
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const client = connect(`http://127.0.0.1:${port}`);
    ends.push(
      () => client.destroy(),
      () => server.close(),
    );
    return { client, asked, finish: () => finish() };
  }

  it("ends the connection, and the request that runs on it first", async () => {
    const { client, asked, finish } = await session(new Goaway(0.02, () => 0.019));
    const told = once(client, "goaway");
    const stream = client.request({ ":path": "/" });
    await asked;
    expect((await told)[0]).toBe(0);
    finish();
    stream.setEncoding("utf8");
    const chunks: string[] = await stream.toArray();
    expect(chunks.join("")).toBe("whole");
    await once(client, "close");
  });

  it("leaves all other connections open", async () => {
    const { client, asked, finish } = await session(new Goaway(0.02, () => 0.02));
    let told = false;
    client.on("goaway", () => {
      told = true;
    });
    const stream = client.request({ ":path": "/" });
    await asked;
    finish();
    await stream.resume().toArray();
    await new Promise((resolve) => client.ping(resolve));
    expect(told).toBe(false);
  });

  it("says nothing over HTTP/1.1", async () => {
    const context = fakeContext();
    await new Goaway(1, () => 0).handle(context, async () => {});
    expect(context.res.hasHeader("connection")).toBe(false);
  });
});
