import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A fenced block of a page. */
export interface CodeBlock {
  /** What follows the fence: `ts`, `sh`, `ts ignore`. */
  readonly language: string;
  readonly text: string;
  /** Of its first line, from 1. */
  readonly line: number;
}

/** A heading of a page with what stands under it, up to the next heading. */
export interface Section {
  readonly level: number;
  readonly heading: string;
  /** Cells of all rows of all tables under it, headings and rulers left out. */
  readonly rows: readonly (readonly string[])[];
  readonly text: string;
}

/** A Markdown page. */
export class Page {
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
  readonly sections: readonly Section[];
  /** The page without its fenced blocks. */
  readonly prose: string;

  constructor(
    /** From the repository's folder. */
    readonly path: string,
  ) {
    this.text = readFileSync(join(ROOT, path), "utf8");
    const blocks: CodeBlock[] = [];
    const prose: string[] = [];
    let open: { language: string; line: number; lines: string[] } | undefined;
    for (const [index, line] of this.text.split("\n").entries()) {
      const fence = /^```(.*)$/.exec(line);
      if (fence !== null && open === undefined) open = { language: fence[1] ?? "", line: index + 2, lines: [] };
      else if (fence !== null && open !== undefined) {
        blocks.push({ language: open.language, line: open.line, text: `${open.lines.join("\n")}\n` });
        open = undefined;
      } else if (open !== undefined) open.lines.push(line);
      else prose.push(line);
    }
    this.blocks = blocks;
    this.prose = prose.join("\n");
    this.sections = sectionsOf(prose);
  }

  /** The section of this heading; throws when there is none. */
  section(heading: string): Section {
    const found = this.sections.find((one) => one.heading === heading);
    if (found === undefined) throw new Error(`${this.path} has no heading "${heading}"`);
    return found;
  }

  /** The anchors that links to the page may name, as GitHub makes them. */
  get anchors(): ReadonlySet<string> {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(" ", "-");
    return new Set(this.sections.map(({ heading }) => slug(heading)));
  }
}

function sectionsOf(lines: readonly string[]): Section[] {
  const sections: { level: number; heading: string; lines: string[] }[] = [{ level: 0, heading: "", lines: [] }];
  for (const line of lines) {
    const heading = /^(#+) (.*)$/.exec(line);
    if (heading === null) sections.at(-1)?.lines.push(line);
    else sections.push({ level: heading[1]?.length ?? 0, heading: heading[2] ?? "", lines: [] });
  }
  return sections.map(({ level, heading, lines: own }) => ({
    level,
    heading,
    rows: rowsOf(own),
    text: own.join("\n"),
  }));
}

function rowsOf(lines: readonly string[]): string[][] {
  const rows: string[][] = [];
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith("|") || /^\|[\s|:-]+\|$/.test(line)) continue;
    // A heading is what stands above a ruler.
    if (/^\|[\s|:-]+\|$/.test(lines[index + 1] ?? "")) continue;
    const cells = line.slice(1, line.lastIndexOf("|")).split(/(?<!\\)\|/);
    rows.push(cells.map((cell) => cell.trim().replaceAll("\\|", "|")));
  }
  return rows;
}

/** The text between the first pair of backticks of a cell; throws when there is none. */
export function code(cell: string | undefined): string {
  const found = /`([^`]+)`/.exec(cell ?? "")?.[1];
  if (found === undefined) throw new Error(`no code in the cell ${JSON.stringify(cell)}`);
  return found;
}

/** The texts in backticks. */
export function codes(text: string | undefined): string[] {
  return [...(text ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}

function markdownBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name === "node_modules" || entry.name === "dist") return [];
    return entry.isDirectory() ? markdownBelow(path) : entry.name.endsWith(".md") ? [path] : [];
  });
}

/** Every page below `docs`. */
export const DOCS: readonly Page[] = markdownBelow("docs").map((path) => new Page(path));

/** Every page of the repository. */
export const PAGES: readonly Page[] = [
  ...readdirSync(ROOT)
    .filter((name) => name.endsWith(".md"))
    .map((path) => new Page(path)),
  ...DOCS,
  ...["packages", "plugins"].flatMap(markdownBelow).map((path) => new Page(path)),
];

/** A page by its path from the repository's folder. */
export function page(path: string): Page {
  const found = PAGES.find((one) => relative(path, one.path) === "");
  if (found === undefined) throw new Error(`there is no page ${path}`);
  return found;
}
