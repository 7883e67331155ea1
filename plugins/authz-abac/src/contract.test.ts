import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Logger, Paths } from "@quarterdeck/sdk";
import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { Abac } from "./abac.js";

class Silent extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

class FolderPaths extends Paths {
  constructor(readonly data: string) {
    super();
  }
  resolve(path: string): string {
    return resolve(this.data, path);
  }
  watch(): () => void {
    return () => {};
  }
}

authorizerContract({
  name: "abac",
  create: async () => {
    const folder = await mkdtemp(join(tmpdir(), "abac-contract-"));
    const spec = { user: "tester", readonly: true, apiGroup: "*", resource: "*", namespace: "*" };
    const policy = { apiVersion: "abac.authorization.kubernetes.io/v1beta1", kind: "Policy", spec };
    await writeFile(join(folder, "policy"), JSON.stringify(policy));
    return new Abac({ path: "policy" }, new Silent(), new FolderPaths(folder));
  },
  allows: [authorizationAttributes(), authorizationAttributes({ verb: "list", name: "" })],
  withholds: [authorizationAttributes({ verb: "delete" })],
});
