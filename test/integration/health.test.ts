import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

describe("health, version and metrics", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startExampleServer();
  });
  afterAll(() => server.stop());

  const anonymous = { as: "anonymous" } as const;

  it.each(["healthz", "livez", "readyz"])("/%s says ok to everybody", async (path) => {
    const response = await server.request(`/${path}`, anonymous);
    expect(response.status).toBe(200);
    expect(response.text()).toBe("ok");
    expect(response.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(response.headers["x-content-type-options"]).toBe("nosniff");
    const verbose = (await server.request(`/${path}?verbose`, anonymous)).text();
    expect(verbose).toMatch(
      new RegExp(`^\\[\\+\\]ping ok\n\\[\\+\\]log ok\n(\\[\\+\\][a-z0-9/-]+ ok\n)*${path} check passed\n$`),
    );
  });

  it("answers each check alone, and 404 for one that is not there", async () => {
    const verbose = (await server.request("/readyz?verbose")).text();
    const names = [...verbose.matchAll(/^\[\+\](.+) ok$/gm)].map(([, name]) => name);
    expect(names).toContain("shutdown");
    for (const name of names) expect((await server.request(`/readyz/${name}`)).text()).toBe("ok");
    expect((await server.request("/readyz/ping", anonymous)).status).toBe(403);
    expect((await server.request("/livez/shutdown")).status).toBe(404);
    expect((await server.request("/livez/nope")).text()).toBe("404 page not found\n");
  });

  it("leaves out what it is told to, and says when it cannot", async () => {
    const excluded = (await server.request("/livez?verbose&exclude=ping")).text();
    expect(excluded).toContain("[+]ping excluded: ok\n");
    const unknown = (await server.request("/livez?verbose&exclude=nope")).text();
    expect(unknown).toContain('warn: some health checks cannot be excluded: no matches for "nope"\n');
    expect(unknown).toMatch(/livez check passed\n$/);
  });

  it("tells its version", async () => {
    const version = (await server.request("/version", anonymous)).json();
    expect(version).toEqual({
      major: "1",
      minor: "37",
      emulationMajor: "1",
      emulationMinor: "37",
      minCompatibilityMajor: "1",
      minCompatibilityMinor: "36",
      gitVersion: expect.stringMatching(/^v1\.37\.\d+/),
      gitCommit: expect.any(String),
      gitTreeState: expect.any(String),
      buildDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      goVersion: expect.any(String),
      compiler: expect.any(String),
      platform: expect.stringMatching(/^[a-z0-9]+\/[a-z0-9]+$/),
    });
  });

  it("counts requests under upstream's names", async () => {
    await create(server, rolloutsOf("default"), rollout("counted"));
    await server.request(`${rolloutsOf("default")}/counted`);
    await server.request(`${rolloutsOf("default")}/none`);
    const watch = await server.open(`${rolloutsOf("default")}?watch=1`);
    const response = await server.request("/metrics");
    watch.close();
    expect(response.status).toBe(200);
    expect(response.headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = response.text();
    const of = (verb: string, code: number) =>
      text
        .split("\n")
        .find(
          (line) =>
            line.startsWith("apiserver_request_total{") &&
            line.includes(`verb="${verb}"`) &&
            line.includes('resource="rollouts"') &&
            line.includes(`code="${code}"`),
        );
    expect(of("POST", 201)).toMatch(/ 1$/);
    expect(of("GET", 200)).toMatch(/ 1$/);
    expect(of("GET", 404)).toMatch(/ 1$/);
    expect(text).toMatch(/^apiserver_longrunning_requests\{verb="WATCH",.*resource="rollouts".*\} 1$/m);
    expect(text).toMatch(
      /^apiserver_admission_controller_admission_duration_seconds_count\{name="namespace-lifecycle",type="admit",operation="CREATE",rejected="false"\} [1-9]/m,
    );
    for (const name of [
      "apiserver_request_duration_seconds",
      "apiserver_response_sizes",
      "apiserver_longrunning_requests",
      "apiserver_current_inflight_requests",
      "apiserver_resource_objects",
    ]) {
      expect(text).toContain(`# TYPE ${name} `);
    }
    expect(text).toMatch(/apiserver_resource_objects\{[^}]*resource="rollouts[^}]*\} 1\n/);
  });

  it("shows metrics to those who may see them", async () => {
    expectFailure(
      await server.request("/metrics", anonymous),
      403,
      "Forbidden",
      'forbidden: User "system:anonymous" cannot get path "/metrics"',
      {},
    );
  });
});
