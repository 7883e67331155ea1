import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { RequestInfoFilter } from "./request-info.js";

async function run(url: string, method = "GET") {
  const context = fakeContext({ url: "/" });
  const target = fakeContext({ url, method });
  Object.assign(target.state, { requestInfo: context.state.requestInfo });
  let passed = false;
  await new RequestInfoFilter().handle(target, async () => {
    passed = true;
  });
  expect(passed).toBe(true);
  return target.state;
}

describe("request-info", () => {
  it("fills in what the request asks for", async () => {
    const state = await run("/apis/apps/v1/namespaces/x/deployments/a/scale?fieldManager=me", "PATCH");
    expect(state.requestInfo).toMatchObject({
      isResourceRequest: true,
      verb: "patch",
      apiPrefix: "apis",
      apiGroup: "apps",
      apiVersion: "v1",
      namespace: "x",
      resource: "deployments",
      name: "a",
      subresource: "scale",
    });
    expect(state.longRunning).toBe(false);
  });

  it.each([
    ["/api/v1/pods?watch=true", true],
    ["/api/v1/pods?watch=false", false],
    ["/api/v1/watch/pods", true],
    ["/api/v1/namespaces/x/pods/a/log", true],
    ["/api/v1/namespaces/x/pods/a/exec", true],
    ["/api/v1/namespaces/x/pods/a/status", false],
    ["/debug/pprof/profile", true],
    ["/log", false],
  ])("%s: long-running %s", async (url, longRunning) => {
    expect((await run(url)).longRunning).toBe(longRunning);
  });

  it("takes the path of an absolute-form target", async () => {
    const state = await run("http://evil.example/api/v1/nodes?limit=1");
    expect(state.requestInfo).toMatchObject({ resource: "nodes", verb: "list", path: "/api/v1/nodes" });
  });
});
