import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readManifests } from "./read-manifests.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "manifests-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: { readonly [name: string]: string }): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** What was read, as `source: name`, with the folder left out. */
async function read(paths: readonly string[], recursive = false, input = ""): Promise<readonly string[]> {
  const manifests = await readManifests(
    paths.map((path) => (path === "-" ? path : join(folder, path))),
    recursive,
    Readable.from([input]),
  );
  return manifests.map(({ source, object }) => `${source.replace(`${folder}/`, "")}: ${object.name}`);
}

describe("readManifests", () => {
  it("reads folders in the order of names, several documents, and lists item by item", async () => {
    await write({
      "app/b.yaml": "name: b1\n---\n---\nname: b2\n",
      "app/a.json": '{"name":"a"}',
      "app/c.yml": "kind: List\nitems:\n- name: c1\n- kind: ConfigMapList\n  items:\n  - name: c2\n",
      "app/notes.txt": "name: not read\n",
      "app/deeper/d.yaml": "name: d\n",
    });
    const flat = [
      "app/a.json: a",
      "app/b.yaml, document 1: b1",
      "app/b.yaml, document 2: b2",
      "app/c.yml, items[0]: c1",
      "app/c.yml, items[1], items[0]: c2",
    ];
    expect(await read(["app"])).toEqual(flat);
    expect(await read(["app"], true)).toEqual([...flat, "app/deeper/d.yaml: d"]);
    expect(await read(["app/notes.txt", "-"], false, "name: in\n")).toEqual([
      "app/notes.txt: not read",
      "standard input: in",
    ]);
  });

  it("says what is wrong, and where", async () => {
    await write({
      "bad.yaml": "a: [\n",
      "twice.yaml": "a: 1\na: 2\n",
      "text.yaml": "hello\n",
      "none.yaml": "# empty\n",
    });
    const refusal = (path: string) =>
      read([path]).then(
        () => "was read",
        (error: Error) => `${error.name}: ${error.message.replaceAll(`${folder}/`, "")}`,
      );
    expect(await refusal("bad.yaml")).toMatch(/^UsageError: bad\.yaml: yaml: line 2: /);
    expect(await refusal("twice.yaml")).toBe("UsageError: twice.yaml: a stands there twice");
    expect(await refusal("text.yaml")).toBe("UsageError: text.yaml: a document is no object");
    expect(await refusal("none.yaml")).toBe("UsageError: no objects passed to apply");
    expect(await refusal("missing")).toBe('UsageError: the path "missing" does not exist');
  });
});
