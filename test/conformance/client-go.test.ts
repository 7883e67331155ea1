import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "../integration/support/example-server.js";
import { buildGoProgram, buildIfPossible } from "../process/go-program.js";

/** What the program can be asked; its source tells what each is. */
const CHECKS = [
  "apply-and-extract",
  "conflicts",
  "typed-kinds",
  "dry-run-comparison",
  "status-of-namespaces",
  "update-status",
  "apply-status",
  "migration",
  "native-kinds",
  "metadata-alone",
];

/** The gates of client-go behind which its clients speak CBOR. */
const CBOR = { KUBE_FEATURE_ClientsAllowCBOR: "true", KUBE_FEATURE_ClientsPreferCBOR: "true" };

const { binary = "", missing } = await buildIfPossible(() => buildGoProgram("test/conformance/client-go"));

describe.skipIf(missing !== undefined)(`client-go${missing === undefined ? "" : ` (skipped: ${missing})`}`, () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer({ server: { cbor: true } });
  });
  afterAll(() => server?.stop());

  describe.each([
    { title: "speaking JSON", speaks: "application/json" },
    { title: "speaking protobuf to native kinds, and nothing else", speaks: "application/vnd.kubernetes.protobuf" },
    { title: "speaking CBOR, and nothing else", speaks: "application/cbor", env: CBOR },
  ])("$title", ({ speaks, env = {} }) => {
    it.each(CHECKS)("%s", async (check) => {
      const words = ["-kubeconfig", server.kubeconfig, "-check", check, "-speaks", speaks];
      const failure = await promisify(execFile)(binary, words, { env: { ...process.env, ...env } }).then(
        () => "",
        ({ stderr }: { readonly stderr: string }) => stderr,
      );
      expect(failure).toBe("");
    });
  });
});
