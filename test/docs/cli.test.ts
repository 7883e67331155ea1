import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../packages/cli/src/commands.js";
import { parseArguments } from "../../packages/cli/src/parse-arguments.js";
import { code, codes, PAGES, page, ROOT } from "./markdown.js";
import { quarterdeck } from "./quarterdeck.js";

const CLI = page("docs/reference/cli.md");
const CONFIG = page("docs/reference/config.md");
const OF_EVERY_COMMAND = ["--verbose", "--help"];

function documentedFlags(heading: string): Map<string, readonly string[]> {
  const rows = CLI.section(heading).rows.filter(([first]) => first?.startsWith("`--"));
  return new Map(rows.map((row) => [code(row[0]), row]));
}

/** `--port N` → its summary, as the help of a command prints it. */
function helpFlags(help: string): Map<string, string> {
  return new Map(
    [...help.matchAll(/^ {2}(--\S+(?: [A-Z]+)?) {2,}(.*)$/gm)].map(([, flag = "", text = ""]) => [flag, text]),
  );
}

describe("docs/reference/cli.md", () => {
  it("has the commands of the binary", async () => {
    const { stdout } = await quarterdeck(["--help"], ROOT);
    const printed = [...(stdout.split("Commands:")[1]?.split("Flags")[0] ?? "").matchAll(/^ {2}(\w+)/gm)].map(
      ([, name]) => name,
    );
    const documented = CLI.sections
      .map(({ heading }) => /^quarterdeck (\w+)$/.exec(heading)?.[1])
      .filter((one) => one !== undefined);
    expect(documented).toEqual(printed);
    expect([...helpFlags(stdout).keys()]).toEqual(CLI.section("Command line").rows.map(([first]) => code(first)));
  });

  it.each(COMMANDS.map(({ name }) => name))("has the flags of %s", async (name) => {
    const { stdout } = await quarterdeck([name, "--help"], ROOT);
    const help = helpFlags(stdout);
    for (const flag of OF_EVERY_COMMAND) expect(help.delete(flag)).toBe(true);
    const { text } = CLI.section(`quarterdeck ${name}`);
    const own = documentedFlags(`quarterdeck ${name}`);
    const documented = /takes the\s+flags of `serve`/.test(text) ? documentedFlags("quarterdeck serve") : own;
    expect([...documented.keys()]).toEqual([...help.keys()]);
    for (const [flag, summary] of help) {
      const variable = /QUARTERDECK_\w+/.exec(summary)?.[0];
      if (variable !== undefined) expect(documented.get(flag)?.[1]).toBe(`\`${variable}\``);
    }
  });

  it("has the words of describe, config and create", () => {
    for (const { name, choices = [] } of COMMANDS) {
      const { text } = CLI.section(`quarterdeck ${name}`);
      for (const choice of choices) expect(codes(text).some((one) => one.split(" ").includes(choice))).toBe(true);
    }
    const words = CLI.section("quarterdeck describe").rows.map(([first]) => code(first));
    expect(words).toEqual(COMMANDS.find(({ name }) => name === "describe")?.choices);
  });

  it("has flags and variables as the config page has them", () => {
    const there = CONFIG.section("Flags and variables").rows.map(([, flag, variable]) => [code(flag), code(variable)]);
    const here = [...documentedFlags("quarterdeck serve")].map(([flag, row]) => [flag.split(" ")[0], code(row[1])]);
    expect(there).toEqual(here);
  });
});

describe("every page", () => {
  it("shows command lines that the binary takes", () => {
    const lines = PAGES.flatMap(({ path, blocks }) =>
      blocks
        .filter(({ language }) => language === "sh")
        .flatMap(({ text }) => text.split("\n"))
        .flatMap((line) => /^(?:\w+=\S+ )*(?:npx )?quarterdeck (.*)$/.exec(line)?.[1] ?? [])
        .map((line) => ({ path, words: line.replace(/ *[>#&|].*$/, "").split(" ") })),
    );
    expect(lines.length).toBeGreaterThan(8);
    for (const { words } of lines) expect(() => parseArguments(words)).not.toThrow();
  });

  it("speaks of variables that there are", () => {
    const known = new Set([...documentedFlags("quarterdeck serve").values()].map((row) => code(row[1])));
    const ofTests = new Set(page("CONTRIBUTING.md").text.match(/QUARTERDECK_[A-Z_]+/g));
    const named = PAGES.flatMap(({ path, text }) =>
      [...text.matchAll(/QUARTERDECK_[A-Z_]+\b/g)].map(([variable]) => ({ path, variable })),
    );
    const strangers = named.filter(({ variable }) => !known.has(variable) && !ofTests.has(variable));
    expect(strangers).toEqual([]);
  });
});
