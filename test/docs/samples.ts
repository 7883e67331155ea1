import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DOCS, type Page, page, ROOT } from "./markdown.js";

/** A TypeScript block of a page, in a file of its own. */
export interface Sample {
  /** Page and line, for messages. */
  readonly source: string;
  readonly file: string;
}

/** The README names its files in the text; everywhere else the first line of a block does. */
const README_FILES = ["cache.ts", "apiserver.config.ts"];
const NEIGHBOURS: { readonly [page: string]: { readonly [file: string]: string } } = {
  "README.md": { "require-team-label.ts": "docs/examples/require-team-label/src/index.ts" },
};

/** The blocks of a page that are whole files: they import something. */
function wholeFiles({ path, blocks }: Page) {
  return blocks
    .filter(({ language, text }) => language === "ts" && /^import /m.test(text))
    .map((block, index) => {
      const named = /^\/\/ ([\w./-]+\.ts)\n/.exec(block.text)?.[1];
      const name = path === "README.md" ? README_FILES[index] : named;
      if (name === undefined)
        throw new Error(`${path}:${block.line}: the first line of a sample is its file: // name.ts`);
      return { ...block, name };
    });
}

/** The files beside a config that a page shows in full: their first line is `# name.yaml`. */
function namedYaml({ blocks }: Page) {
  return blocks.flatMap(({ language, text }) => {
    const name = language === "yaml" ? /^# ([\w./-]+\.yaml)\n/.exec(text)?.[1] : undefined;
    return name === undefined ? [] : [{ name, text }];
  });
}

/** The pages whose samples are compiled and run. */
export const SAMPLE_PAGES: readonly Page[] = [page("README.md"), ...DOCS];

/**
 * Writes all samples below a new folder, those of one page beside each other, with a tsconfig and a vitest config for all.
 * The folder is in the repository, so that packages are found; whoever calls removes it.
 */
export function writeSamples(): { readonly folder: string; readonly samples: readonly Sample[] } {
  const folder = mkdtempSync(join(ROOT, "test/docs/.samples-"));
  const samples: Sample[] = [];
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const one of SAMPLE_PAGES) {
    const home = join(folder, one.path.replace(/\.md$/, ""));
    for (const { name, text, line } of wholeFiles(one)) {
      const file = join(home, name);
      if (samples.some((sample) => sample.file === file) && !name.endsWith("apiserver.config.ts")) {
        throw new Error(`${one.path}:${line}: a second sample is called ${name}`);
      }
      // A page may show its config step by step: each is kept, the last one under its name.
      const earlier = samples.findIndex((sample) => sample.file === file);
      if (earlier !== -1) {
        const kept = join(home, `step-${line}.config.ts`);
        const previous = samples[earlier];
        if (previous !== undefined) {
          copyFileSync(file, kept);
          samples[earlier] = { ...previous, file: kept };
        }
      }
      write(file, text);
      samples.push({ source: `${one.path}:${line}`, file });
    }
    for (const { name, text } of namedYaml(one)) write(join(home, name), text);
    for (const [name, from] of Object.entries(NEIGHBOURS[one.path] ?? {}))
      copyFileSync(join(ROOT, from), join(home, name));
  }
  const compilerOptions = { noEmit: true, composite: false, customConditions: ["source"], noUnusedLocals: false };
  write(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../../tsconfig.base.json", compilerOptions, include: ["**/*.ts"] }),
  );
  write(join(folder, "vitest.config.ts"), VITEST);
  return { folder, samples };
}

const VITEST = `import { defineConfig } from "vitest/config";
const conditions = ["source", "node", "import", "default"];
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { include: ["**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000 },
});
`;
