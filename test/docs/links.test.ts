import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { codes, PAGES, type Page, ROOT } from "./markdown.js";

function targets(prose: string): string[] {
  return [...prose.replace(/`[^`\n]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? "")
    .filter((one) => !/^[a-z]+:/.test(one));
}

function problem(from: Page, target: string): string | undefined {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? from.path : normalize(join(dirname(from.path), path));
  if (!existsSync(join(ROOT, file))) return `${from.path}: ${target}: no such file`;
  if (anchor === undefined) return undefined;
  const there = PAGES.find((one) => one.path === file)?.anchors.has(anchor) ?? false;
  return there ? undefined : `${from.path}: ${target}: no such heading`;
}

describe("every page", () => {
  it("links to what is there", () => {
    const links = PAGES.flatMap((one) => targets(one.prose).map((target) => problem(one, target)));
    expect(links.length).toBeGreaterThan(50);
    expect(links.filter((one) => one !== undefined)).toEqual([]);
  });

  it("names files that are there", () => {
    const named = PAGES.flatMap(({ path, prose }) =>
      codes(prose)
        .filter((text) => /^(?:packages|plugins|test|docs)\/[\w.-]+\/[\w./-]+\.(?:ts|md|js)$/.test(text))
        .map((file) => ({ path, file })),
    );
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter(({ file }) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it("has no absolute path of a machine and no registry host", () => {
    const machine =
      /(?:^|[\s`"'(])\/(?:home|Users|work|root)\/|registry\.npm|npmjs\.(?:com|org)|:\/\/[\w.-]*(?:registry|artifact)/;
    expect(PAGES.filter(({ text }) => machine.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("is found from the index", () => {
    const index = PAGES.find(({ path }) => path === "docs/README.md");
    const linked = targets(index?.prose ?? "").map((target) => normalize(join("docs", target)));
    const pages = PAGES.map(({ path }) => path).filter((path) =>
      /^docs\/(?:guides|reference|architecture)\//.test(path),
    );
    expect(pages.length).toBeGreaterThan(12);
    expect(pages.filter((path) => !linked.includes(path))).toEqual([]);
  });
});
