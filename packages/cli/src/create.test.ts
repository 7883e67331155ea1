import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Workspace } from "./spawn.fixture.js";

let workspace: Workspace | undefined;

afterEach(() => workspace?.dispose());

describe("create", () => {
  it("writes a resource that the server takes as it is", async () => {
    workspace = await Workspace.create({
      "apiserver.config.yaml": "storage: memory\nresources: [kubernetes, ./resources/data-center.ts]\n",
    });
    const run = await workspace.run(["create", "resource", "DataCenter"]);
    expect(run).toEqual({
      code: 0,
      stdout:
        'wrote ./resources/data-center.ts\nname it in apiserver.config.ts: resources: [..., "./resources/data-center.ts"]\n',
      stderr: "",
    });
    const described = await workspace.run(["describe", "resources"]);
    expect(described.stdout).toMatch(/^datacenters\.\S+ +DataCenter /m);
    expect((await workspace.run(["create", "resource", "data-center"])).stderr).toBe(
      "error: resources/data-center.ts exists already\n",
    );
  });

  it.each([
    ["admission", "admission: [./plugins/my-thing.ts]"],
    ["filter", "filters: [{ after: authentication, use: ./plugins/my-thing.ts }]"],
    ["authenticator", "authentication: [[./plugins/my-thing.ts, { key: 0123456789abcdef, user: me }]]"],
  ])("writes a plugin of kind %s that the server takes as it is", async (kind, line) => {
    workspace = await Workspace.create({ "apiserver.config.yaml": `storage: memory\n${line}\n` });
    expect((await workspace.run(["create", "plugin", "my-thing", "--kind", kind])).code).toBe(0);
    const described = await workspace.run(["describe", "plugins"]);
    expect(described.stdout).toMatch(new RegExp(`^my-thing +${kind} `, "m"));
    expect(await readFile(join(workspace.directory, "plugins", "my-thing.ts"), "utf8")).toContain("class MyThing ");
  });

  it("refuses a name that is none and a kind without a template", async () => {
    workspace = await Workspace.create({});
    expect(await workspace.run(["create", "resource", "1st"])).toMatchObject({
      code: 2,
      stderr: 'error: "1st" is no name: begin with a letter\n',
    });
    expect((await workspace.run(["create", "plugin", "x", "--kind", "storage"])).stderr).toMatch(
      /^error: there is no template for kind "storage"/,
    );
  });
});
