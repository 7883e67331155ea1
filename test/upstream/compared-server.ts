import type { IncomingHttpHeaders } from "node:http";
import { Agent, request } from "node:https";
import type { JsonObject } from "@quarterdeck/meta";

const CONNECTIONS = 12;
/** The admin's, in the release's `hack/testdata/auth-tokens.csv`. */
const TOKEN = "admin-token";

/** What a server answered. */
export interface ServerAnswer {
  /** 0 when it ended the connection instead. */
  readonly code: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body when it is a JSON object. */
  readonly body: JsonObject | undefined;
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? Object(value) : undefined;
  } catch {
    return undefined;
  }
}

/** One of the two servers, asked by its admin over HTTP/1.1; who it is is not checked. */
export class ComparedServer {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, rejectUnauthorized: false });

  constructor(readonly port: number) {}

  request(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<ServerAnswer> {
    const data = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const sent = request({
        host: "127.0.0.1",
        port: this.port,
        method,
        path,
        agent: this.#agent,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          accept: "application/json",
          ...(data === undefined ? {} : { "content-type": "application/json", "content-length": data.length }),
          ...headers,
        },
      });
      sent.on("error", (error) => {
        // A server that panics ends the connection: upstream's does on some objects.
        if ("code" in error && error.code === "ECONNRESET")
          resolve({ code: 0, headers: {}, text: "", body: undefined });
        else reject(error);
      });
      sent.on("response", (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", () =>
          resolve({ code: answer.statusCode ?? 0, headers: answer.headers, text, body: objectIn(text) }),
        );
      });
      sent.end(data);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
