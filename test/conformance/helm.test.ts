import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubeObject } from "@quarterdeck/meta";
import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startExampleServer } from "../integration/support/example-server.js";
import type { GoBuild } from "../process/go-program.js";
import { REPOSITORY_ROOT } from "../process/repository-root.js";
import { buildHelm, Helm } from "./helm.js";

const CHART = join(REPOSITORY_ROOT, "test/conformance/chart");

/** A Helm, and how it is told to write. */
interface Walker {
  readonly title: string;
  readonly built: GoBuild;
  /** The flag of `install`, and of the commands that change a release. */
  readonly write: string;
  /** How it says that all is undone when an upgrade fails. */
  readonly undo: string;
}

const three = await buildHelm(3);
const four = await buildHelm(4);

const WALKERS: readonly Walker[] = [
  { title: "Helm 3", built: three, write: "", undo: "--atomic" },
  {
    title: "Helm 4 with patches",
    built: four,
    write: "--server-side=false",
    undo: "--rollback-on-failure",
  },
  { title: "Helm 4 with server-side apply", built: four, write: "", undo: "--rollback-on-failure" },
];

/** A rollout of the chart, as far as the test looks at it. */
interface ShopRollout {
  readonly spec: {
    readonly image: string;
    readonly replicas: number;
    readonly steps: readonly { readonly name: string }[];
  };
}

/** A release in the history that Helm tells as JSON. */
interface Told {
  readonly revision: number;
  readonly status: string;
}

describe.each(WALKERS)("$title walks", ({ built, write, undo }) => {
  if (built.missing !== undefined) {
    it.skip(`(skipped: ${built.missing})`, () => {});
    return;
  }
  let server: TestServer;
  let folder: string;
  let helm: Helm;
  const objects = "/api/v1/namespaces/shop";
  const rollout = "/apis/delivery.example.com/v1/namespaces/shop/rollouts/web";
  const access = "/apis/rbac.authorization.k8s.io/v1/namespaces/shop";

  beforeAll(async () => {
    server = await startExampleServer();
    folder = await mkdtemp(join(tmpdir(), "helm-"));
    helm = new Helm(built.binary, server.kubeconfig, folder);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const read = async <T extends object = KubeObject>(path: string): Promise<T> => {
    const answer = await server.request(path);
    expect(answer.status, `${path}: ${answer.text()}`).toBe(200);
    return answer.json<T>();
  };
  const isThere = async (path: string) => (await server.request(path)).status === 200;
  const history = async (): Promise<readonly Told[]> => {
    const told: Told[] = JSON.parse(await helm.run("history web -n shop -o json"));
    return told.map(({ revision, status }) => ({ revision, status }));
  };
  const deployed = async () => (await history()).filter(({ status }) => status === "deployed");

  it("renders against the server without storing anything", async () => {
    const told = await helm.run(`install web ${CHART} -n shop --create-namespace ${write} --dry-run=server`);
    expect(told).toContain("kind: Rollout\n");
    expect(await isThere("/api/v1/namespaces/shop")).toBe(false);
  });

  it("installs into a new namespace and waits", async () => {
    const told = await helm.run(`install web ${CHART} -n shop --create-namespace ${write} --wait --timeout 20s`);
    expect(told).toContain("STATUS: deployed");
    expect(told).toContain("web is red.");
    expect(await read(`${objects}/configmaps/web-settings`)).toMatchObject({
      metadata: {
        labels: { "app.kubernetes.io/managed-by": "Helm", release: "web" },
        annotations: { "meta.helm.sh/release-name": "web", "meta.helm.sh/release-namespace": "shop" },
      },
      data: { colour: "red", revision: "1" },
    });
    expect(await read(`${objects}/secrets/web-key`)).toMatchObject({
      type: "Opaque",
      data: { key: Buffer.from("red").toString("base64") },
    });
    expect(await read(`${objects}/configmaps/web-before`)).toMatchObject({ data: { revision: "1" } });
    expect(await read<ShopRollout>(rollout)).toMatchObject({
      spec: { image: "web:1.0", replicas: 2, steps: [{ name: "first" }, { name: "warm" }, { name: "rest" }] },
      status: { phase: "Pending" },
    });
    for (const path of [`${objects}/serviceaccounts/web`, `${access}/roles/web`, `${access}/rolebindings/web`]) {
      expect(await isThere(path)).toBe(true);
    }
    expect((await helm.try(`install web ${CHART} -n shop ${write}`)).stderr).toMatch(/cannot re-?use a name/);
  });

  it("tells of the release", async () => {
    expect(await helm.run("status web -n shop")).toContain("STATUS: deployed");
    expect(JSON.parse(await helm.run("list -n shop -o json"))).toMatchObject([
      { name: "web", namespace: "shop", revision: "1", status: "deployed", chart: "shop-1.0.0" },
    ]);
    expect(await helm.run("list -A -q")).toBe("web\n");
    const manifest = await helm.run("get manifest web -n shop");
    expect(manifest.match(/^kind: \w+$/gm)?.sort()).toEqual(
      ["ConfigMap", "ConfigMap", "Role", "RoleBinding", "Rollout", "Secret", "ServiceAccount"].map((k) => `kind: ${k}`),
    );
    expect(await read(`${objects}/secrets/sh.helm.release.v1.web.v1`)).toMatchObject({ type: "helm.sh/release.v1" });
  });

  it("upgrades: changes what has changed, removes what is gone, leaves what others wrote", async () => {
    const uid = (await read(rollout)).metadata.uid;
    const label = { metadata: { labels: { team: "ours" } } };
    const headers = { "content-type": "application/merge-patch+json" };
    await server.request(rollout, { method: "PATCH", body: label, headers });
    const set = "--set colour=blue,cache=false,replicas=5";
    expect(await helm.run(`upgrade web ${CHART} -n shop ${write} ${set} --wait --timeout 20s`)).toContain(
      "web is blue.",
    );
    expect(await read(`${objects}/configmaps/web-settings`)).toMatchObject({ data: { colour: "blue", revision: "2" } });
    expect(await isThere(`${objects}/configmaps/web-cache`)).toBe(false);
    expect(await read(`${objects}/configmaps/web-before`)).toMatchObject({ data: { revision: "2" } });
    const changed = await read<ShopRollout>(rollout);
    expect(changed).toMatchObject({ metadata: { uid, labels: { team: "ours" } }, spec: { replicas: 5 } });
    expect(changed.spec.steps.map(({ name }) => name)).toEqual(["first", "rest"]);
    expect(await deployed()).toEqual([{ revision: 2, status: "deployed" }]);
    expect(await helm.run("get values web -n shop")).toContain("colour: blue");
  });

  it("says what is wrong with an upgrade, and recovers", async () => {
    const bad = await helm.try(`upgrade web ${CHART} -n shop ${write} --set replicas=-1`);
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain('Rollout.delivery.example.com "web" is invalid: spec.replicas: Invalid value');
    expect(await history()).toEqual([
      { revision: 1, status: "superseded" },
      { revision: 2, status: "deployed" },
      { revision: 3, status: "failed" },
    ]);
    const undone = await helm.try(`upgrade web ${CHART} -n shop ${write} --set image=WEB,colour=grey ${undo}`);
    expect(undone.code).toBe(1);
    expect(await deployed()).toEqual([{ revision: 5, status: "deployed" }]);
    expect(await read(`${objects}/configmaps/web-settings`)).toMatchObject({ data: { colour: "blue" } });
    await helm.run(`upgrade web ${CHART} -n shop ${write} --set colour=green`);
    expect(await read(`${objects}/configmaps/web-settings`)).toMatchObject({ data: { colour: "green" } });
    expect(await isThere(`${objects}/configmaps/web-cache`)).toBe(true);
  });

  it("rolls back to what it was", async () => {
    expect(await helm.run("rollback web 2 -n shop --wait --timeout 20s")).toContain("Rollback was a success");
    expect(await read(`${objects}/configmaps/web-settings`)).toMatchObject({ data: { colour: "blue", revision: "2" } });
    expect(await isThere(`${objects}/configmaps/web-cache`)).toBe(false);
    const back = await read<ShopRollout>(rollout);
    expect(back.spec).toMatchObject({ replicas: 5 });
    expect(back.spec.steps.map(({ name }) => name)).toEqual(["first", "rest"]);
    expect(await deployed()).toEqual([{ revision: 7, status: "deployed" }]);
  });

  it("upgrades what is there and installs what is not, by one command", async () => {
    const set = "--set colour=white";
    await helm.run(`upgrade --install web ${CHART} -n shop ${write} ${set}`);
    await helm.run(`upgrade --install other ${CHART} -n shop ${write} ${set}`);
    expect(await read(`${objects}/configmaps/web-settings`)).toMatchObject({
      data: { colour: "white", revision: "8" },
    });
    expect(await read(`${objects}/configmaps/other-settings`)).toMatchObject({ data: { revision: "1" } });
    const dry = await helm.run(`upgrade --install web ${CHART} -n shop ${write} --set colour=black --dry-run=server`);
    expect(dry).toContain('colour: "black"');
    expect(await read(`${objects}/configmaps/web-settings`)).toMatchObject({ data: { colour: "white" } });
  });

  it("refuses to take over what another release has", async () => {
    await server.request(`${objects}/configmaps`, { method: "POST", body: { metadata: { name: "own-settings" } } });
    const taken = await helm.try(`install own ${CHART} -n shop ${write}`);
    expect(taken.stderr).toContain('ConfigMap "own-settings" in namespace "shop" exists and cannot be imported');
  });

  it("uninstalls, and leaves nothing of it", async () => {
    expect(await helm.run("uninstall web -n shop --wait --timeout 20s")).toContain('release "web" uninstalled');
    for (const path of [
      rollout,
      `${objects}/configmaps/web-settings`,
      `${objects}/secrets/web-key`,
      `${objects}/secrets/sh.helm.release.v1.web.v8`,
      `${access}/roles/web`,
      `${access}/rolebindings/web`,
      `${objects}/serviceaccounts/web`,
    ]) {
      expect(await isThere(path), path).toBe(false);
    }
    expect(await helm.run("list -n shop -q")).toBe("other\n");
    await helm.run("uninstall other -n shop --cascade foreground");
    expect(await helm.run("list -n shop -q")).toBe("");
  });
});

describe("Helm 4 and who owns fields", () => {
  if (four.missing !== undefined) {
    it.skip(`(skipped: ${four.missing})`, () => {});
    return;
  }
  let server: TestServer;
  let folder: string;
  let helm: Helm;
  const path = "/api/v1/namespaces/default/configmaps/web-settings";

  beforeAll(async () => {
    server = await startExampleServer();
    folder = await mkdtemp(join(tmpdir(), "helm-"));
    helm = new Helm(four.binary, server.kubeconfig, folder);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const owners = async () => {
    const { metadata } = (await server.request(path)).json<KubeObject>();
    return metadata.managedFields?.map(({ manager, operation }) => `${manager} ${operation}`).sort();
  };
  const colour = async () => Object((await server.request(path)).json<KubeObject>().data).colour;

  it("moves a release from patches to applies", async () => {
    await helm.run(`install web ${CHART} --server-side=false`);
    expect(await owners()).toEqual(["helm Update"]);
    // What was not told to move stays as it is.
    await helm.run(`upgrade web ${CHART} --set colour=blue`);
    expect(await owners()).toEqual(["helm Update"]);
    await helm.run(`upgrade web ${CHART} --server-side=true --set colour=green`);
    expect(await owners()).toEqual(["helm Apply"]);
    expect(await colour()).toBe("green");
    await helm.run(`upgrade web ${CHART} --set colour=white`);
    expect(await colour()).toBe("white");
  });

  it("keeps off what others have taken, and takes it by force", async () => {
    const headers = { "content-type": "application/merge-patch+json" };
    const body = { data: { colour: "mine" } };
    await server.request(`${path}?fieldManager=someone`, { method: "PATCH", body, headers });
    const refused = await helm.try(`upgrade web ${CHART} --set colour=black`);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('conflict with "someone" using v1: .data.colour');
    expect(await colour()).toBe("mine");
    await helm.run(`upgrade web ${CHART} --set colour=black --force-conflicts`);
    expect(await colour()).toBe("black");
    expect(await owners()).toEqual(["helm Apply"]);
  });
});
