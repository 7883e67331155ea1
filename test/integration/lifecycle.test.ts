import { afterEach, describe, expect, it } from "vitest";
import { ServerProcess } from "../process/server-process.js";
import { ProcessClient } from "./support/process-client.js";
import { RawConnection } from "./support/raw-connection.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const MAPS = "/api/v1/namespaces/default/configmaps";

function head(method: string, path: string, length = 0): string {
  const type = "Content-Type: application/json\r\n";
  return `${method} ${path} HTTP/1.1\r\nHost: x\r\n${type}Content-Length: ${length}\r\n\r\n`;
}

describe("the server as a process", () => {
  let server: ServerProcess | undefined;

  async function start(): Promise<{ server: ServerProcess; client: ProcessClient }> {
    server = await ServerProcess.start();
    return { server, client: await ProcessClient.of(server) };
  }

  afterEach(() => server?.dispose());

  it("finishes a running request and ends watches cleanly on SIGTERM", async () => {
    const { server, client } = await start();
    const body = JSON.stringify({ metadata: { name: "finished" } });
    const posting = await RawConnection.open(client.target);
    posting.write(head("POST", MAPS, body.length) + body.slice(0, 5));
    const watch = await RawConnection.open(client.target);
    watch.write(head("GET", `${MAPS}?watch=1`));
    await watch.until(/\r\n\r\n[\s\S]*"kube-root-ca.crt"|\r\n\r\n/);
    const idle = await RawConnection.open(client.target);
    await expect
      .poll(async () => (await client.request("GET", "/metrics")).text)
      .toMatch(/apiserver_current_inflight_requests\{request_kind="mutating"\} 1\n/);
    const ended = server.end("SIGTERM");
    // A chunked answer that is whole ends with an empty chunk.
    expect(await watch.end()).toMatch(/\r\n0\r\n\r\n$/);
    posting.write(body.slice(5));
    expect(await posting.until(/"name":"finished"/)).toMatch(/^HTTP\/1\.1 201 /);
    expect(await ended).toEqual({ code: 0, signal: null });
    idle.close();
    posting.close();
    await server.restart();
    expect((await client.read(`${MAPS}/finished`)).kind).toBe("ConfigMap");
  });

  it("stops at once on a second signal", async () => {
    const { server, client } = await start();
    const stuck = await RawConnection.open(client.target);
    stuck.write(`${head("POST", MAPS, 100)}{`);
    await expect
      .poll(async () => (await client.request("GET", "/metrics")).text)
      .toMatch(/apiserver_current_inflight_requests\{request_kind="mutating"\} 1\n/);
    const ended = server.end("SIGTERM");
    await expect.poll(() => server.output).toMatch(/a second signal stops at once/);
    server.signal("SIGTERM");
    expect(await ended).toEqual({ code: 1, signal: null });
    stuck.close();
  });

  it("keeps all that it has acknowledged through kill -9, identities and revisions too", async () => {
    const { server, client } = await start();
    const acknowledged = new Map<string, string>();
    await client.request("POST", "/api/v1/namespaces", { metadata: { name: "kept" } });
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let index = 0; ; index++) {
        const name = `w${writer}-${index}`;
        const isMap = index % 2 === 0;
        const path = isMap ? MAPS : rolloutsOf("kept");
        const body = isMap ? { metadata: { name }, data: { name } } : rollout(name);
        const answer = await client.request("POST", path, body).catch(() => undefined);
        if (answer === undefined) return;
        if (answer.status === 201) acknowledged.set(`${path}/${name}`, answer.text);
      }
    });
    await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(100);
    expect(await server.end("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
    await Promise.all(writers);
    await server.restart();
    const after = await ProcessClient.of(server);
    expect(after.target.ca).toBe(client.target.ca);
    for (const [path, text] of acknowledged) expect(await after.read(path), path).toEqual(JSON.parse(text));
    const newest = Math.max(
      ...[...acknowledged.values()].map((text) => Number(JSON.parse(text).metadata.resourceVersion)),
    );
    const made = await after.request("POST", MAPS, { metadata: { name: "after" } });
    expect(Number(JSON.parse(made.text).metadata.resourceVersion)).toBeGreaterThan(newest);
  });
});
