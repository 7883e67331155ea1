import { describe, expect, it } from "vitest";
import { COMMANDS } from "./commands.js";
import { FLAGS, type Flag } from "./flags.js";
import { commandHelp, globalHelp } from "./help.js";
import { parseArguments } from "./parse-arguments.js";

describe("parseArguments", () => {
  it("reads flags in both forms", () => {
    const { command, flags } = parseArguments(["serve", "--port", "0", "--data=/tmp/x", "--verbose"]);
    expect(command?.name).toBe("serve");
    expect(flags).toEqual({ port: "0", data: "/tmp/x", verbose: "" });
  });

  it.each([
    [["serv"], 'unknown command "serv"; did you mean "serve"?'],
    [["serve", "--prot", "1"], 'unknown flag --prot of serve; did you mean "--port"?'],
    [["serve", "--kind", "x"], 'unknown flag --kind of serve; did you mean "--bind"?'],
    [["serve", "--port"], "flag --port needs a value"],
    [["serve", "--verbose=1"], "flag --verbose takes no value"],
    [["serve", "now"], '"now" is one word too many; usage: quarterdeck serve'],
    [["describe", "chian"], 'unknown word "chian" after describe; did you mean "chain"?'],
    [["config"], "a word is missing; usage: quarterdeck config print"],
    [["create", "resource"], "a word is missing; usage: quarterdeck create resource|plugin NAME"],
  ])("refuses %j in one line", (args, message) => {
    expect(() => parseArguments(args)).toThrow(expect.objectContaining({ name: "UsageError", message }));
  });
});

describe("help", () => {
  it("names every command", () => {
    for (const { name } of COMMANDS) expect(globalHelp()).toContain(`  ${name} `);
  });

  it("names every flag of a command, and its variable", () => {
    for (const command of COMMANDS) {
      const text = commandHelp(command);
      for (const name of command.flags) {
        const flag: Flag = { ...FLAGS[name], ...command.told?.[name] };
        expect(text).toContain(`  --${name} ${flag.value ?? ""}`);
      }
    }
    expect(commandHelp(COMMANDS[0] ?? expect.fail())).toContain("QUARTERDECK_PORT");
  });
});
