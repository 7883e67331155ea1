import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { Arguments } from "../flags.js";
import { packageRoot } from "../package-root.js";
import { UsageError } from "../usage-error.js";

/** An example whose one file is written to `folder` with its noun renamed. */
interface Template {
  /** The folder below docs/examples; the build copies its file to `dist/templates`, which is published. */
  readonly example: string;
  /** The noun in the example, in CamelCase. */
  readonly noun: string;
  readonly folder: string;
  readonly section: string;
}

const RESOURCE: Template = { example: "environment", noun: "Environment", folder: "resources", section: "resources" };

const PLUGINS: { readonly [kind: string]: Template } = {
  admission: { example: "require-team-label", noun: "RequireTeamLabel", folder: "plugins", section: "admission" },
  authenticator: { example: "authn-shared-key", noun: "SharedKey", folder: "plugins", section: "authentication" },
  filter: { example: "read-only", noun: "ReadOnly", folder: "plugins", section: "filters" },
};

/** The files that an example may be copied from: the package's own copy, or the checkout. */
function sources(example: string): readonly string[] {
  const root = packageRoot();
  return [
    join(root, "dist", "templates", example, "index.ts"),
    join(root, "..", "..", "docs", "examples", example, "src", "index.ts"),
  ];
}

function words(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

function camel(parts: readonly string[]): string {
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");
}

/** Puts the new name in place of the template's noun in CamelCase, camelCase and kebab-case. */
export function rename(text: string, noun: string, name: string): string {
  const from = words(noun);
  const to = words(name);
  const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
  const pairs: readonly (readonly [string, string])[] = [
    [camel(from), camel(to)],
    [lowerFirst(camel(from)), lowerFirst(camel(to))],
    [from.join("-"), to.join("-")],
  ];
  return pairs.reduce((result, [before, after]) => result.replaceAll(before, after), text);
}

function template(what: string, kind: string | undefined): Template {
  if (what === "resource") {
    if (kind !== undefined) throw new UsageError("flag --kind is for plugins only");
    return RESOURCE;
  }
  const found = kind === undefined ? "admission" : kind;
  const plugin = Object.hasOwn(PLUGINS, found) ? PLUGINS[found] : undefined;
  if (plugin === undefined)
    throw new UsageError(`there is no template for kind "${found}"; there is ${Object.keys(PLUGINS).join(", ")}`);
  return plugin;
}

function entry({ section }: Template, path: string): string {
  return section === "filters"
    ? `filters: [{ after: "authentication", use: "${path}" }]`
    : `${section}: [..., "${path}"]`;
}

/** `create resource|plugin NAME`: writes one file below the working directory and says how to name it in the config. */
export async function create(
  { words: [what = "", name = ""], flags }: Arguments,
  cwd = process.cwd(),
): Promise<number> {
  const parts = words(name);
  if (parts.length === 0 || !/^[a-z]/.test(parts[0] ?? ""))
    throw new UsageError(`"${name}" is no name: begin with a letter`);
  const chosen = template(what, flags.kind);
  const example = sources(chosen.example).find((path) => existsSync(path));
  if (example === undefined) throw new UsageError(`the template ${chosen.example} is not installed`);
  const source = await readFile(example, "utf8");
  const file = resolve(cwd, chosen.folder, `${parts.join("-")}.ts`);
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, rename(source, chosen.noun, name), { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      throw new UsageError(`${relative(cwd, file)} exists already`);
    throw error;
  }
  const path = `./${relative(cwd, file)}`;
  process.stdout.write(`wrote ${path}\nname it in apiserver.config.ts: ${entry(chosen, path)}\n`);
  return 0;
}
