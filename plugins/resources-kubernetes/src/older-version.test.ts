import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OlderVersion } from "./older-version.js";

const GROUP = "/apis/admissionregistration.k8s.io";
const POLICIES = "mutatingadmissionpolicies";
const policy = {
  kind: "MutatingAdmissionPolicy",
  metadata: { name: "a" },
  spec: {
    matchConstraints: {
      resourceRules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }],
    },
    mutations: [{ patchType: "ApplyConfiguration", applyConfiguration: { expression: "Object{}" } }],
    reinvocationPolicy: "Never",
  },
};

function versionsOf(server: TestServer): Promise<string[]> {
  return server
    .request(GROUP)
    .then((answer) => answer.json<{ versions: { version: string }[] }>().versions.map(({ version }) => version));
}

describe("older versions of native kinds", () => {
  it("are not served unless the config says so", async () => {
    const server = await startTestServer();
    expect(await versionsOf(server)).toEqual(["v1"]);
    expect((await server.request(`${GROUP}/v1beta1/${POLICIES}`)).status).toBe(404);
    await server.stop();
  });

  it("are switched on one by one", async () => {
    const runtimeConfig = { "admissionregistration.k8s.io/v1alpha1": true };
    const server = await startTestServer({ config: { runtimeConfig } });
    expect(await versionsOf(server)).toEqual(["v1", "v1alpha1"]);
    await server.stop();
  });

  describe("with api/beta", () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startTestServer({ config: { runtimeConfig: { "api/beta": true } } });
    });
    afterAll(() => server.stop());

    it("are served beside the stored one, with a warning", async () => {
      expect(await versionsOf(server)).toEqual(["v1", "v1beta1"]);
      const apiVersion = "admissionregistration.k8s.io/v1beta1";
      const body = { apiVersion, ...policy };
      const answer = await server.request(`${GROUP}/v1beta1/${POLICIES}`, { method: "POST", body });
      expect(answer.status).toBe(201);
      expect(answer.headers.warning).toContain(`${apiVersion} MutatingAdmissionPolicy is deprecated in v1.37+`);
      const made = answer.json<KubeObject>();
      expect(made).toMatchObject({ apiVersion, metadata: { generation: 1 }, spec: { failurePolicy: "Fail" } });
      const stored = (await server.request(`${GROUP}/v1/${POLICIES}/a`)).json<KubeObject>();
      expect(stored).toEqual({ ...made, apiVersion: "admissionregistration.k8s.io/v1", metadata: stored.metadata });
      const listed = await server.request(`${GROUP}/v1beta1/${POLICIES}`);
      expect(listed.json()).toMatchObject({ kind: "MutatingAdmissionPolicyList", items: [{ spec: stored.spec }] });
    });

    it("are checked as the stored one", async () => {
      const spec = { ...policy.spec, variables: [{ name: "a", expression: "other.b" }] };
      const body = { apiVersion: "admissionregistration.k8s.io/v1beta1", ...policy, metadata: { name: "b" }, spec };
      const answer = await server.request(`${GROUP}/v1beta1/${POLICIES}`, { method: "POST", body });
      expect(answer.json()).toMatchObject({
        code: 422,
        message: expect.stringContaining("ERROR: <input>:1:1: undeclared reference to 'other' (in container '')"),
      });
    });
  });

  it("extend the class of the stored version", () => {
    class Nothing {}
    expect(() => Reflect.apply(OlderVersion({ version: "v1beta1" }), undefined, [Nothing])).toThrow(
      new TypeError("Nothing extends no native kind"),
    );
  });
});
