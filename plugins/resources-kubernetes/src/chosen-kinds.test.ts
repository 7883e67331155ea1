import { startTestServer } from "@quarterdeck/testing";
import { describe, expect, it } from "vitest";

interface ResourceList {
  readonly resources: readonly { readonly name: string }[];
}

describe("the options `groups` and `resources`", () => {
  it("choose what is served", async () => {
    const chosen = { groups: ["batch"], resources: ["namespaces", "deployments.apps"] };
    const server = await startTestServer({
      config: {
        resources: [["kubernetes", chosen]],
        authorization: ["always-allow"],
        controllers: [],
      },
    });
    const names = async (path: string): Promise<string[]> =>
      (await server.request(path)).json<ResourceList>().resources.map(({ name }) => name);
    expect(await names("/api/v1")).toEqual(expect.arrayContaining(["namespaces", "namespaces/status"]));
    expect(await names("/api/v1")).not.toContain("pods");
    expect(await names("/apis/batch/v1")).toEqual(["cronjobs", "cronjobs/status", "jobs", "jobs/status"]);
    expect((await names("/apis/apps/v1")).every((name) => name.startsWith("deployments"))).toBe(true);
    expect((await server.request("/apis/networking.k8s.io/v1")).status).toBe(404);
    expect((await server.request("/api/v1/namespaces/kube-system")).status).toBe(200);
    await server.stop();
  });

  it("refuse what there is not", async () => {
    const start = (options: { readonly [option: string]: unknown }) =>
      startTestServer({ config: { resources: [["kubernetes", options]] } });
    await expect(start({ groups: ["extensions"] })).rejects.toThrow(/Unsupported value: \\?"extensions\\?"|extensions/);
    await expect(start({ resources: ["pod"] })).rejects.toThrow(/pod/);
  });
});
