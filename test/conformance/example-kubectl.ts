import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestServer } from "@quarterdeck/testing";
import { startExampleServer } from "../integration/support/example-server.js";
import { Kubectl } from "./kubectl.js";

/** Stock kubectl in the namespace `demo` of a server with the example kinds. */
export class ExampleKubectl {
  private constructor(
    readonly server: TestServer,
    readonly kubectl: Kubectl,
    /** For files that commands read; gone after the stop. */
    readonly folder: string,
  ) {}

  static async start(): Promise<ExampleKubectl> {
    const folder = await mkdtemp(join(tmpdir(), "kubectl-example-"));
    const server = await startExampleServer();
    const kubectl = new Kubectl(server.kubeconfig, join(folder, "cache"), "demo");
    await kubectl.run("create namespace demo");
    return new ExampleKubectl(server, kubectl, folder);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
