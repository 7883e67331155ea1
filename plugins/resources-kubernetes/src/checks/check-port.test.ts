import { FieldErrors } from "@quarterdeck/meta";
import { expect, it } from "vitest";
import { checkPort, checkPortName, checkPortNumber, checkProtocol } from "./check-port.js";

function told(check: (errors: FieldErrors) => void): string[] {
  const errors = new FieldErrors();
  check(errors);
  return errors.list.map(({ message }) => message);
}

const RANGE = "must be between 1 and 65535, inclusive";
const CHARACTERS = "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
const LETTER = "must contain at least one letter (a-z)";

it.each<[number | string, string[]]>([
  [1, []],
  [65_535, []],
  [0, [RANGE]],
  [-1, [RANGE]],
  [65_536, [RANGE]],
  ["http", []],
  ["a-1", []],
  ["", [CHARACTERS, LETTER]],
  ["80", [LETTER]],
  ["HTTP", [CHARACTERS, LETTER]],
  ["a--b", ["must not contain consecutive hyphens"]],
  ["-a", ["must not begin or end with a hyphen"]],
  ["a-", ["must not begin or end with a hyphen"]],
  ["abcdefghijklmnop", ["must be no more than 15 characters"]],
])("checks the port %j", (port, problems) => {
  const expected = problems.map((problem) => `Invalid value: ${JSON.stringify(port)}: ${problem}`);
  expect(told((errors) => checkPort(port, "port", errors))).toEqual(expected);
  const own = (errors: FieldErrors) =>
    typeof port === "number" ? checkPortNumber(port, "port", errors) : checkPortName(port, "port", errors);
  expect(told(own)).toEqual(expected);
});

it.each([
  ["TCP", []],
  ["", ["Required value"]],
  ["tcp", ['Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"']],
])("checks the protocol %j", (protocol, problems) => {
  expect(told((errors) => checkProtocol(protocol, "protocol", errors))).toEqual(problems);
});
