import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { issueAuthority, issueClient, issueServing } from "@quarterdeck/kernel/certificates";

/** A request that a webhook was sent. */
export interface WebhookCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** The common name of the client's certificate, when it has one that the webhook's authority signed. */
  readonly client: string | undefined;
}

/** What a webhook answers: JSON with 200, or what is said. `hang` never answers, `reset` cuts the connection. */
export type WebhookAnswer =
  | { readonly json: unknown; readonly status?: number; readonly headers?: { readonly [name: string]: string } }
  | "hang"
  | "reset";

/** A webhook in this process: a real HTTPS server. */
export interface TestWebhook {
  readonly url: string;
  /** A kubeconfig that leads to it with a client certificate; its folder goes with the webhook. */
  readonly kubeconfig: string;
  readonly calls: readonly WebhookCall[];
  /** What it answers from now on. */
  answer(answer: (call: WebhookCall) => WebhookAnswer): void;
  /** Stops listening and cuts all connections; `resume` listens at the same port again. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

async function makeFiles() {
  const now = new Date();
  const authority = await issueAuthority(now);
  const serving = await issueServing(authority, { dns: ["localhost"], ip: ["127.0.0.1"] }, now);
  const client = await issueClient(authority, "apiserver", [], now);
  return { authority, serving, client, folder: await mkdtemp(join(tmpdir(), "quarterdeck-webhook-")) };
}

/** Starts a webhook with certificates of its own and writes the kubeconfig that a plugin is given. */
export async function startWebhook(first: (call: WebhookCall) => WebhookAnswer): Promise<TestWebhook> {
  const { authority, serving, client, folder } = await makeFiles();
  const calls: WebhookCall[] = [];
  const sockets = new Set<Socket>();
  let answer = first;
  const server = createServer(
    {
      cert: serving.certificate,
      key: serving.key,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: false,
    },
    async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const text = Buffer.concat(chunks).toString();
      const socket = "authorized" in request.socket ? request.socket : undefined;
      const names: unknown = Reflect.get(Object(socket), "getPeerCertificate")?.call(socket)?.subject?.CN;
      const call: WebhookCall = {
        path: request.url ?? "",
        headers: request.headers,
        body: text === "" ? undefined : JSON.parse(text),
        client: socket?.authorized === true && typeof names === "string" ? names : undefined,
      };
      calls.push(call);
      const given = answer(call);
      if (given === "hang") return;
      if (given === "reset") {
        request.socket.destroy();
        return;
      }
      response.writeHead(given.status ?? 200, { "content-type": "application/json", ...given.headers });
      response.end(JSON.stringify(given.json));
    },
  );
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const port = await listen(server, 0);
  const url = `https://127.0.0.1:${port}/review`;
  const kubeconfig = join(folder, "kubeconfig");
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const content = {
    clusters: [{ name: "hook", cluster: { server: url, "certificate-authority-data": base64(authority.certificate) } }],
    users: [
      {
        name: "us",
        user: {
          "client-certificate-data": base64(client.certificate),
          "client-key-data": base64(client.key),
        },
      },
    ],
    contexts: [{ name: "here", context: { cluster: "hook", user: "us" } }],
    "current-context": "here",
  };
  await writeFile(kubeconfig, JSON.stringify(content), { mode: 0o600 });
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    url,
    kubeconfig,
    calls,
    answer: (next) => {
      answer = next;
    },
    pause,
    resume: async () => void (await listen(server, port)),
    stop: async () => {
      if (server.listening) await pause();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
