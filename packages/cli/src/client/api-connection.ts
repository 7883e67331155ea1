import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import type { ClientConfig } from "@quarterdeck/kernel";
import { isJsonObject, type JsonObject } from "@quarterdeck/meta";
import { ServerAnswerError, ServerUnreachableError } from "./server-errors.js";

/** Errors that say that there is no such server, not that it does not want to. */
const ABSENT: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  // Another server has the port.
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
  "EPROTO",
]);

/** What the server answered to a request with a body. */
export interface ServerAnswer {
  readonly status: number;
  /** The answer as an object; empty when it is none. */
  readonly document: JsonObject;
  /** Its warnings, as the server says them. */
  readonly warnings: readonly string[];
}

/** Asks the server of a kubeconfig. */
export class ApiConnection {
  readonly #agent = new Agent({ keepAlive: true });

  constructor(private readonly config: ClientConfig) {}

  get server(): string {
    return this.config.server;
  }

  /** The body of a GET that was answered with 200; {@link ServerUnreachableError} or {@link ServerAnswerError} else. */
  async open(path: string, accept = "application/json"): Promise<IncomingMessage> {
    const response = await this.#ask("GET", path, { accept });
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    const text = await textOf(response);
    throw new ServerAnswerError(status, messageOf(text) ?? `${status} ${text.slice(0, 200).trim()}`.trim());
  }

  /** The document of a GET. */
  async json(path: string, accept?: string): Promise<JsonObject> {
    const content: unknown = JSON.parse(await textOf(await this.open(path, accept)));
    if (!isJsonObject(content)) throw new TypeError(`${path} is no JSON object`);
    return content;
  }

  /** Sends a JSON body, and answers whatever comes back; rejects only when nothing does. */
  async send(method: "PATCH" | "POST", path: string, contentType: string, body: JsonObject): Promise<ServerAnswer> {
    const headers = { accept: "application/json", "content-type": contentType };
    const response = await this.#ask(method, path, headers, JSON.stringify(body));
    const warnings = [...String(response.headers.warning ?? "").matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)];
    return {
      status: response.statusCode ?? 0,
      document: documentOf(await textOf(response)) ?? {},
      warnings: warnings.map(([, text = ""]) => text.replace(/\\(.)/g, "$1")),
    };
  }

  close(): void {
    this.#agent.destroy();
  }

  #ask(
    method: string,
    path: string,
    headers: { readonly [name: string]: string },
    body?: string,
  ): Promise<IncomingMessage> {
    const { server, ca, certificate, key, token, serverName, insecure } = this.config;
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, server),
        {
          agent: this.#agent,
          method,
          headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
          rejectUnauthorized: !insecure,
          ...(ca !== undefined && { ca }),
          ...(certificate !== undefined && { cert: certificate }),
          ...(key !== undefined && { key }),
          ...(serverName !== undefined && { servername: serverName }),
        },
        resolve,
      );
      sent.on("error", (error: Error & { code?: unknown }) => {
        if (ABSENT.has(error.code)) reject(new ServerUnreachableError(server, error));
        else reject(new Error(`the server at ${server} does not answer: ${error.message}`, { cause: error }));
      });
      sent.end(body);
    });
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function documentOf(text: string): JsonObject | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isJsonObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** The message of a `Status`. */
function messageOf(text: string): string | undefined {
  const message = documentOf(text)?.message;
  return typeof message === "string" ? message : undefined;
}
