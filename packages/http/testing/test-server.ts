import { createAdmissionChain } from "@quarterdeck/admission";
import type { RegistryResource } from "@quarterdeck/registry";
import { compileResources } from "@quarterdeck/scheme";
import type { Authenticator, Authorizer } from "@quarterdeck/sdk";
import { createResourceStore } from "@quarterdeck/storage";
import { MemoryOptions, MemoryStorage } from "@quarterdeck/storage-memory";
import { Authenticators } from "../src/filters/authenticators.js";
import { Authorizers } from "../src/filters/authorizers.js";
import { HealthChecks } from "../src/health/health-checks.js";
import { MetricRegistry } from "../src/metrics/metric-registry.js";
import { type ApiServer, type ApiServerOptions, createApiServer } from "../src/server/api-server.js";
import { DEFAULT_SETTINGS } from "../src/server/api-server-settings.js";
import { SilentLogger } from "./silent-logger.js";
import { Boat, Namespace, Note, OldBoat } from "./test-resources.js";

/** `Bearer alice` is alice, `Bearer bad` is refused, nothing is anonymous. */
const byToken: Authenticator = {
  authenticate(request) {
    const token = request.header("authorization")?.slice("Bearer ".length);
    if (token === undefined) return { user: { name: "system:anonymous", groups: ["system:unauthenticated"] } };
    if (token === "bad") throw new Error("invalid bearer token");
    return { user: { name: token, groups: [] } };
  },
};

/** Everybody may do anything but mallory. */
const butMallory: Authorizer = {
  authorize: ({ user }) => ({ decision: user.name === "mallory" ? "no-opinion" : "allow" }),
};

/** A server over memory with the parts that a test looks into. */
export interface TestServer {
  readonly api: ApiServer;
  readonly logger: SilentLogger;
  readonly health: HealthChecks;
  readonly resources: readonly RegistryResource[];
  stop(): Promise<void>;
}

/** Makes a server of the test resources; `changes` go over its options. */
export async function testServer(changes: Partial<ApiServerOptions> = {}): Promise<TestServer> {
  const logger = new SilentLogger();
  const storage = new MemoryStorage(
    Object.assign(new MemoryOptions(), { compactionSeconds: 0, maxValueBytes: 1 << 20 }),
    logger,
  );
  await storage.open();
  const descriptors = compileResources([Note, Namespace, Boat, OldBoat], {
    runtimeConfig: {},
    sourceOf: () => "test",
  });
  const resources = descriptors.map(
    (descriptor): RegistryResource => ({
      descriptor,
      store: createResourceStore({ storage, descriptor, logger }),
      admission: createAdmissionChain([]),
      now: () => new Date(),
      services: { provide() {}, find: () => undefined },
    }),
  );
  await Promise.all(resources.map((resource) => resource.store.start()));
  const health = new HealthChecks();
  const api = createApiServer({
    resources,
    authenticators: new Authenticators([{ name: "by-token", authenticator: byToken }]),
    authorizers: new Authorizers([{ name: "but-mallory", authorizer: butMallory }], logger),
    edits: [],
    health,
    metrics: new MetricRegistry(),
    logger,
    settings: { ...DEFAULT_SETTINGS, closeAnonymousConnections: false },
    ...changes,
  });
  return {
    api,
    logger,
    health,
    resources,
    async stop() {
      for (const resource of resources) resource.store.stop();
      await storage.close();
    },
  };
}
