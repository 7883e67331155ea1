import { existsSync, readFileSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ServerProcess, Workspace } from "./spawn.fixture.js";

const FILES = {
  "apiserver.config.ts": `import { defineConfig } from "@quarterdeck/sdk";
import { Gadget } from "./resources/gadget.js";
export default defineConfig({
  storage: "memory",
  resources: ["kubernetes", Gadget],
  filters: [{ after: "authentication", use: ["./plugins/gate.ts", { marker: "opened" }] }],
  admission: ["namespace-lifecycle", "./plugins/stamp.ts"],
});`,
  "resources/gadget.ts": `import { ApiObject, Field, Resource, Spec } from "@quarterdeck/sdk";
export class GadgetSpec { @Field({ default: 3 }) size!: number; note: string | undefined; }
@Resource({ group: "example.com", version: "v1", kind: "Gadget" })
export class Gadget extends ApiObject<GadgetSpec> { @Spec() override spec!: GadgetSpec; }`,
  "plugins/stamp.ts": `import { type Admission, type AdmissionAttributes, definePlugin, Injectable, type Lister, ListerOf, Logger } from "@quarterdeck/sdk";
import { Gadget } from "../resources/gadget.js";
@Injectable()
export class Stamp implements Admission {
  constructor(private readonly logger: Logger, @ListerOf(Gadget) private readonly gadgets: Lister<Gadget>) {}
  mutate({ object }: AdmissionAttributes): void {
    this.logger.info("stamped");
    if (object !== undefined) (object.metadata.labels ??= {})["gadgets"] = String(this.gadgets.list().length);
  }
}
export default definePlugin({ kind: "admission", name: "stamp", plugin: Stamp });`,
  // A gate that a test opens by writing a file: a request that is as slow as the test wants it to be.
  "plugins/gate.ts": `import { existsSync } from "node:fs";
import { definePlugin, Field, type Filter, Injectable, Logger, Paths, type RequestContext } from "@quarterdeck/sdk";
export class GateOptions { @Field({ required: true }) marker!: string; }
@Injectable()
export class Gate implements Filter {
  constructor(private readonly options: GateOptions, private readonly logger: Logger, private readonly paths: Paths) {}
  async handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    if (context.querystring === "gate=1") {
      this.logger.info("waiting at the gate");
      while (!existsSync(this.paths.resolve(this.options.marker))) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return next();
  }
}
export default definePlugin({ kind: "filter", name: "gate", options: GateOptions, plugin: Gate });`,
};

let workspace: Workspace;
let server: ServerProcess;

async function start(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<string> {
  workspace = await Workspace.create(FILES);
  server = new ServerProcess(workspace.directory, args, env);
  const [, url = ""] = await server.until(/"url":"([^"]+)"/);
  return url;
}

function send(url: string, options: { method?: string; body?: object } = {}): Promise<IncomingMessage> {
  const pki = join(workspace.directory, ".data", "pki");
  const pem = (name: string): Buffer => readFileSync(join(pki, name));
  return new Promise((resolve, reject) => {
    const tls = { ca: pem("ca.crt"), cert: pem("admin.crt"), key: pem("admin.key"), agent: false as const };
    const sent = request(
      url,
      { ...tls, method: options.method ?? "GET", headers: { "content-type": "application/json" } },
      resolve,
    );
    sent.on("error", reject);
    sent.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  });
}

async function text(message: IncomingMessage): Promise<string> {
  let all = "";
  for await (const chunk of message) all += String(chunk);
  return all;
}

afterEach(async () => {
  await server.kill();
  await workspace.dispose();
});

describe("serve", () => {
  it("runs a TypeScript config with its resources and plugins, decorators and injection included", async () => {
    const url = await start();
    const body = { apiVersion: "example.com/v1", kind: "Gadget", metadata: { name: "a" }, spec: {} };
    const answer = await send(`${url}/apis/example.com/v1/namespaces/default/gadgets`, { method: "POST", body });
    expect(answer.statusCode).toBe(201);
    expect(JSON.parse(await text(answer))).toMatchObject({ spec: { size: 3 }, metadata: { labels: { gadgets: "0" } } });
    expect(server.output).toContain('"plugin":"stamp"');
  });

  it("has written the kubeconfig when it says that it is ready, and takes a variable for its place", async () => {
    const url = await start([], { QUARTERDECK_KUBECONFIG: "here.yaml" });
    const file = join(workspace.directory, "here.yaml");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).toContain(`server: ${url}\n`);
    expect((await send(`${url}/readyz`)).statusCode).toBe(200);
  });

  it("finishes a running request on SIGTERM, ends watches cleanly and exits with 0", async () => {
    const url = await start();
    const watch = await send(`${url}/api/v1/namespaces/default/configmaps?watch=1`);
    const watched = text(watch);
    const slow = send(`${url}/api/v1/namespaces/default?gate=1`);
    await server.until(/waiting at the gate/);
    server.signal("SIGTERM");
    await server.until(/stopping: running requests are finished/);
    expect(await watched).toBe("");
    expect(watch.complete).toBe(true);
    await writeFile(join(workspace.directory, "opened"), "");
    expect((await slow).statusCode).toBe(200);
    expect(await server.exited).toEqual({ code: 0 });
    expect(server.output).toContain('"msg":"stopped"');
  });

  it.each([
    ["SIGTERM", 1],
    ["SIGINT", 130],
  ] as const)("stops at once on a second signal, %s", async (second, code) => {
    const url = await start();
    const slow = send(`${url}/api/v1/namespaces/default?gate=1`).catch((error: unknown) => error);
    await server.until(/waiting at the gate/);
    server.signal("SIGTERM");
    await server.until(/stopping: running requests are finished/);
    server.signal(second);
    expect(await server.exited).toEqual({ code });
    expect(await slow).toBeInstanceOf(Error);
  });

  it("says which setting asks for a port that is taken, and leaves no server behind", async () => {
    const url = await start();
    const { port } = new URL(url);
    const run = await workspace.run(["serve", "--port", port, "--data", "other"]);
    expect(run).toMatchObject({
      code: 2,
      stderr: `error: the port is taken by another process at server.port = ${port} in flag --port\n`,
    });
    expect(existsSync(join(workspace.directory, "other", "admin.kubeconfig"))).toBe(false);
  });
});
