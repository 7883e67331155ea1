import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorizationAttributes, authorizerContract } from "@quarterdeck/testing/authorizer-contract";
import { FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { Abac } from "./abac.js";

authorizerContract({
  name: "abac",
  create: async () => {
    const folder = await mkdtemp(join(tmpdir(), "abac-contract-"));
    const spec = { user: "tester", readonly: true, apiGroup: "*", resource: "*", namespace: "*" };
    const policy = { apiVersion: "abac.authorization.kubernetes.io/v1beta1", kind: "Policy", spec };
    await writeFile(join(folder, "policy"), JSON.stringify(policy));
    return new Abac({ path: "policy" }, new KeptLogger(), new FolderPaths(folder));
  },
  allows: [authorizationAttributes(), authorizationAttributes({ verb: "list", name: "" })],
  withholds: [authorizationAttributes({ verb: "delete" })],
});
