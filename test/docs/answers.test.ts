import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { PATCH_TYPES } from "@quarterdeck/registry";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as parameters from "../../packages/http/src/openapi/parameter.js";
import { code, codes, page, ROOT } from "./markdown.js";

const ERRORS = page("docs/reference/errors.md");
const METRICS = page("docs/reference/metrics.md");
const HTTP = page("docs/reference/http.md");

let server: TestServer;
beforeAll(async () => {
  const keys = [{ name: "k", secret: Buffer.alloc(32).toString("base64") }];
  const encryption = {
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [{ resources: ["rollouts.delivery.example.com"], providers: [{ aesgcm: { keys } }] }],
  };
  const resources = [join(ROOT, "docs/examples/rollout/src/index.ts")];
  const policy = { apiVersion: "audit.k8s.io/v1", kind: "Policy", rules: [{ level: "Metadata" }] };
  const audit = { policy, sinks: [["log", { path: "/dev/null" }] as const] };
  server = await startTestServer({ config: { storage: { use: "memory", encryption }, audit }, resources });
});
afterAll(() => server.stop());

describe("docs/reference/errors.md", () => {
  it("has every reason of the Status, and no other", () => {
    const source = readFileSync(join(ROOT, "packages/meta/src/status.ts"), "utf8");
    const union = /type StatusReason =([^;]*);/.exec(source)?.[1] ?? "";
    const known = [...union.matchAll(/"(\w+)"/g)].map((match) => match[1]);
    expect(known.length).toBeGreaterThan(15);
    const { rows, text } = ERRORS.section("By code");
    const unsent = codes(text.slice(text.indexOf("Reasons of the Kubernetes API")));
    const documented = [...new Set([...rows.map((row) => code(row[1])), ...unsent])];
    expect(documented.sort()).toEqual(known.sort());
  });

  it("has the reasons of causes", () => {
    const source = readFileSync(join(ROOT, "packages/meta/src/field-error.ts"), "utf8");
    const union = /type FieldErrorReason =([^;]*);/.exec(source)?.[1] ?? "";
    const known = [...union.matchAll(/"(\w+)"/g)].map((match) => match[1]);
    const documented = codes(ERRORS.section("The causes of an Invalid").text).filter((one) =>
      /^(?:Field|Internal)/.test(one),
    );
    expect(documented.sort()).toEqual(known.sort());
  });

  const requests = ERRORS.section("What they look like").rows.map(([request, status, message]) => {
    return [code(request), Number(status), code(message)] as const;
  });

  it.each(requests)("%s", async (request, status, message) => {
    const [, method = "", path = "", body] = /^([A-Z]+) (\S+)(?: (.*))?$/.exec(request) ?? [];
    const sent = body === undefined ? {} : { headers: { "content-type": "application/json" }, body };
    const answer = await server.request(path, { method, ...sent });
    const text = answer.headers["content-type"]?.startsWith("text/plain")
      ? answer.text().trim()
      : answer.json<{ message: string }>().message;
    expect({ status: answer.status, message: text }).toEqual({ status, message });
  });

  it("has the code of every reason", () => {
    const source = readFileSync(join(ROOT, "packages/meta/src/status-error.ts"), "utf8");
    const made = [...source.matchAll(/StatusError\.of\(\s*(\d+),\s*"(\w+)"/g)].map(
      ([, status, reason]) => `${status} ${reason}`,
    );
    const rows = ERRORS.section("By code").rows.map(([status, reason]) => `${status} ${code(reason)}`);
    const missing = made.filter((one) => !rows.includes(one) && one !== "429 TooManyRequests");
    expect(missing).toEqual([]);
  });
});

describe("docs/reference/metrics.md", () => {
  it("has the metrics of a running server with their types and labels, both ways", async () => {
    const rollouts = "/apis/delivery.example.com/v1/namespaces/default/rollouts";
    await server.request(rollouts, { method: "POST", body: { metadata: { name: "m" }, spec: { image: "web:1" } } });
    await server.request("/apis/delivery.example.com/v1beta1/rollouts");
    await server.request("/version", { headers: { "impersonate-user": "alice" } });
    const stranger = connect({ host: "127.0.0.1", port: Number(new URL(server.url).port) });
    stranger.end("no TLS at all\n").resume();
    await once(stranger, "close");
    const watch = await server.open("/api/v1/namespaces?watch=1");
    await refuseAnonymous();
    const text = (await server.request("/metrics")).text();
    watch.close();
    const exposed = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type = ""]) => {
      const labels = new RegExp(`^${name}(?:_count)?\\{([^}]*)\\} `, "m").exec(text)?.[1] ?? "";
      return [name, type, [...labels.matchAll(/(\w+)="/g)].map((match) => match[1]).join(" ")];
    });
    const ours = exposed.filter(([name]) => !/^(?:process|nodejs)_/.test(name ?? ""));
    const rows = METRICS.section("Metrics").rows.map(([name, type, labels]) => [
      code(name),
      type,
      codes(labels).join(" "),
    ]);
    expect(rows.sort()).toEqual(ours.sort());
    expect(exposed.length).toBeGreaterThan(ours.length);
  });
});

/** Has flow control refuse a request, after one that it let in. */
async function refuseAnonymous(): Promise<void> {
  await server.request("/version", { as: "anonymous" });
  const group = "/apis/flowcontrol.apiserver.k8s.io/v1";
  const limited = { nominalConcurrencyShares: 0, borrowingLimitPercent: 0, limitResponse: { type: "Reject" } };
  const level = { metadata: { name: "closed" }, spec: { type: "Limited", limited } };
  const rule = {
    subjects: [{ kind: "User", user: { name: "system:anonymous" } }],
    nonResourceRules: [{ verbs: ["get"], nonResourceURLs: ["/version"] }],
  };
  const spec = { priorityLevelConfiguration: { name: "closed" }, matchingPrecedence: 2, rules: [rule] };
  await server.request(`${group}/prioritylevelconfigurations`, { method: "POST", body: level });
  await server.request(`${group}/flowschemas`, { method: "POST", body: { metadata: { name: "closed" }, spec } });
  expect((await server.request("/version", { as: "anonymous" })).status).toBe(429);
}

describe("docs/reference/http.md", () => {
  it("has the query parameters that OpenAPI lists", () => {
    const listed = Object.values(parameters)
      .flatMap((one) => (Array.isArray(one) ? one : typeof one === "object" ? [one] : []))
      .filter((one: parameters.ParameterModel) => one.in === "query")
      .map(({ name }: parameters.ParameterModel) => name);
    expect(listed.length).toBeGreaterThan(10);
    const documented = HTTP.section("Query parameters").rows.map(([first]) => code(first));
    // These are read, too; OpenAPI says nothing of them, as upstream's does not.
    const beside = ["includeObject", "uid", "timeout", "verbose", "exclude", "hash"];
    expect(documented.sort()).toEqual([...new Set([...listed, ...beside])].sort());
  });

  it("has the patch types", () => {
    const row = HTTP.section("Media types").rows.find(([first]) => first === "patches");
    expect(codes(row?.[1])).toEqual(PATCH_TYPES);
  });

  it("has the fixed paths of a running server", async () => {
    const { paths } = (await server.request("/")).json<{ paths: readonly string[] }>();
    const first = HTTP.section("Paths").rows.flatMap(([cell]) => codes(cell));
    const covered = (path: string) =>
      first.some((one) =>
        new RegExp(
          `^${one
            .replaceAll(".", "\\.")
            .replace(/<[^>]+>/g, "[^/]+")
            .replace("…", ".*")}$`,
        ).test(path),
      );
    expect(paths.filter((path) => !covered(path.replace(/^\/(?:healthz|livez)\//, "/readyz/")))).toEqual([]);
  });
});
