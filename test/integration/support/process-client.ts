import { request as requestHttps } from "node:https";
import type { KubeObject } from "@quarterdeck/meta";
import { readKubeconfig } from "../../process/kubeconfig.js";
import type { ServerProcess } from "../../process/server-process.js";
import type { RawTarget } from "./raw-connection.js";

/** A status code and the body as text. */
export interface ProcessAnswer {
  readonly status: number;
  readonly text: string;
}

/** The admin of a server in a process of its own, by the kubeconfig that it wrote. */
export class ProcessClient {
  private constructor(readonly target: RawTarget) {}

  static async of(server: ServerProcess): Promise<ProcessClient> {
    const { ca, cert, key } = await readKubeconfig(server.kubeconfig);
    return new ProcessClient({ port: server.port, ca, certificate: cert, key });
  }

  request(method: string, path: string, body?: object): Promise<ProcessAnswer> {
    const { port, ca, certificate: cert, key } = this.target;
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, ca, cert, key, path, method, headers, agent: false };
      const sent = requestHttps(options, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** The object at a path; an error when there is none. */
  async read(path: string): Promise<KubeObject> {
    const { status, text } = await this.request("GET", path);
    if (status !== 200) throw new Error(`${status}: ${text}`);
    return JSON.parse(text);
  }
}
