import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonValue } from "@quarterdeck/meta";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "./config-error.js";
import { printConfig } from "./print-config.js";
import { loadConfig, resolveConfig } from "./resolve-config.js";

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "quarterdeck-config-"));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const empty = { shown: undefined, directory: "/srv", content: {} };

describe("loadConfig", () => {
  it("fills in every default when there is no file", async () => {
    const config = await loadConfig({}, {}, cwd);
    expect(config.file).toBeUndefined();
    expect(config.server).toEqual({
      bind: "127.0.0.1",
      port: 6443,
      data: join(cwd, ".data"),
      kubeconfig: join(cwd, ".data", "admin.kubeconfig"),
      certificate: undefined,
      certificateKey: undefined,
      clientCa: undefined,
      requestHeaderCa: undefined,
      sniCertificates: [],
      tlsMinVersion: "VersionTLS12",
      tlsCipherSuites: [],
      requestTimeout: 60,
      shutdownTimeout: 60,
      shutdownDelay: 0,
      shutdownSendRetryAfter: false,
      shutdownWatchTerminationGrace: 0,
      strictTransportSecurity: [],
      goawayChance: 0,
      maxStreamsPerConnection: 250,
      corsAllowedOrigins: [],
      maxRequestBytes: 3_145_728,
      transactions: false,
      cbor: false,
    });
    expect(config.storage.target).toBe("level");
    expect(config.admission.map((one) => one.target)).toEqual(["namespace-lifecycle"]);
  });

  it("lets flags win over variables, variables over the file, the file over defaults, and says so", async () => {
    await writeFile(
      join(cwd, "apiserver.config.yaml"),
      "server: { bind: 127.0.0.2, port: 1, data: a, requestTimeout: 5 }\n",
    );
    const config = await loadConfig({ port: "3" }, { QUARTERDECK_PORT: "2", QUARTERDECK_BIND: "127.0.0.3" }, cwd);
    const lines = printConfig(config).split("\n");
    expect(lines.slice(0, 5)).toEqual([
      'server.bind = "127.0.0.3"  # from QUARTERDECK_BIND',
      "server.port = 3  # from flag --port",
      `server.data = ${JSON.stringify(join(cwd, "a"))}  # from apiserver.config.yaml`,
      `server.kubeconfig = ${JSON.stringify(join(cwd, "a", "admin.kubeconfig"))}  # from default`,
      "server.requestTimeout = 5  # from apiserver.config.yaml",
    ]);
  });

  it("starts paths of the file from its folder and those of flags and variables from the working directory", async () => {
    await writeFile(join(cwd, "other.json"), '{ "server": { "data": "d", "kubeconfig": "k" } }');
    const config = await loadConfig({ config: "other.json", data: "elsewhere" }, {}, cwd);
    expect(config.server).toMatchObject({ data: join(cwd, "elsewhere"), kubeconfig: join(cwd, "k") });
    const again = await loadConfig(
      {},
      { QUARTERDECK_CONFIG: join(cwd, "other.json"), QUARTERDECK_KUBECONFIG: "q" },
      "/",
    );
    expect(again.server).toMatchObject({ data: join(cwd, "d"), kubeconfig: "/q" });
  });

  it("takes an empty variable for an unset one", async () => {
    expect((await loadConfig({}, { QUARTERDECK_PORT: "" }, cwd)).origins.get("server.port")).toBe("default");
  });
});

describe("controllers", () => {
  const resolve = (controllers: JsonValue) => resolveConfig({ ...empty, content: { controllers } });

  it("are those that a server without a controller manager needs, unless the config says otherwise", () => {
    const names = resolveConfig(empty).controllers.map(({ target }) => target);
    expect(names).toEqual([
      "namespace",
      "garbage-collector",
      "clusterrole-aggregation",
      "resource-quota",
      "event-ttl",
      "kubernetes-service",
      "service-allocation",
    ]);
    expect(resolve([]).controllers).toEqual([]);
    expect(printConfig(resolve([]))).toContain("controllers = []  # from ");
    expect(printConfig(resolve([["a", { b: 1 }]]))).toContain('controllers[0] = ["a", {"b":1}]  # from ');
  });
});

describe("resolveConfig", () => {
  it("is frozen through and through", () => {
    const config = resolveConfig(empty);
    for (const part of [
      config,
      config.server,
      config.admission,
      config.admission[0],
      config.logging,
      config.runtimeConfig,
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it("keeps options with a plugin's name and prints them", () => {
    const config = resolveConfig({
      ...empty,
      shown: "f.json",
      content: { storage: ["level", { path: "x" }], admission: [] },
    });
    expect(config.storage).toMatchObject({
      path: "storage",
      target: "level",
      options: { path: "x" },
      origin: "f.json",
    });
    expect(printConfig(config)).toContain('storage = ["level", {"path":"x"}]  # from f.json\n');
    expect(printConfig(config)).toContain("admission = []  # from f.json\n");
  });

  it("reads the storages of single resources beside the one of all others", () => {
    const overrides = { events: ["level", { path: "e" }], "rollouts.delivery.example.com": "memory" };
    const config = resolveConfig({ ...empty, shown: "f.json", content: { storage: { overrides } } });
    expect(config.storage).toMatchObject({ path: "storage.use", target: "level" });
    expect(config.storageOverrides).toMatchObject([
      { resource: "events", use: { path: 'storage.overrides["events"]', target: "level", options: { path: "e" } } },
      { resource: "rollouts.delivery.example.com", use: { target: "memory" } },
    ]);
    expect(printConfig(config)).toContain(
      'storage.use = "level"  # from f.json\nstorage.overrides["events"] = ["level", {"path":"e"}]  # from f.json\n',
    );
  });

  it.each([
    [{ filters: [{ before: "authentication" }] }, "says no plugin to use", "filters[0]"],
    [
      { filters: [{ before: "a", after: "b", use: "x" }] },
      "must say exactly one of before, after, replace and remove",
      "filters[0]",
    ],
    [{ filters: [{ remove: "cors", use: "x" }] }, "remove takes no plugin", "filters[0].use"],
    [{ filters: [{ befor: "cors", use: "x" }] }, "unknown key", "filters[0].befor"],
    [{ runtimeConfig: { "api/alpha": "yes" } }, "must be true or false", 'runtimeConfig["api/alpha"]'],
    [{ server: { certificate: "a.pem" } }, "needs server.certificateKey beside it", "server.certificate"],
    [{ server: { corsAllowedOrigins: ["("] } }, "must be a regular expression", "server.corsAllowedOrigins[0]"],
    [{ storage: ["level", { a: 1 }, 2] }, "must be a plugin name, a path, a plugin or [name, options]", "storage"],
    [{ storage: ["level", 1] }, "the options must be an object", "storage[1]"],
    [{ storage: { overides: {} } }, 'unknown key "overides"', "storage.overides"],
    [{ storage: { overrides: [] } }, "must be an object", "storage.overrides"],
    [
      { storage: { overrides: { events: 3 } } },
      "must be a plugin name, a path, a plugin or [name, options]",
      'storage.overrides["events"]',
    ],
    [{ storage: {} }, "this is no plugin; it is made by definePlugin and its module exports it as default", "storage"],
  ])("refuses %j", (content, message, path) => {
    let error: unknown;
    try {
      resolveConfig({ ...empty, content });
    } catch (thrown) {
      error = thrown;
    }
    expect(ConfigError.is(error)).toBe(true);
    expect(error).toMatchObject({ message, path });
  });

  it("is not fooled by keys of Object.prototype", () => {
    const content: unknown = JSON.parse('{ "__proto__": { "port": 1 } }');
    expect(() => resolveConfig({ ...empty, content })).toThrow('unknown key "__proto__"');
    expect(() => resolveConfig({ ...empty, content: { constructor: 1 } })).toThrow('unknown key "constructor"');
  });
});
