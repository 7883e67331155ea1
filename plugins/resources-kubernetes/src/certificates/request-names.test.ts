import { expect, it } from "vitest";
import { derElements } from "./der.js";
import { readSubject } from "./request-names.js";

const ORGANIZATION = [0x06, 0x03, 0x55, 0x04, 0x0a];
const UTF8_STRING = 0x0c;
const UNIVERSAL_STRING = 0x1c;

function element(tag: number, content: Iterable<number>): Buffer {
  const bytes = Buffer.from([...content]);
  return Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);
}

function subjectWith(tag: number, text: Iterable<number>) {
  const attribute = element(0x30, [...ORGANIZATION, ...element(tag, text)]);
  const [name] = derElements(element(0x30, element(0x31, attribute)));
  if (name === undefined) throw new RangeError("one element is one element");
  return readSubject(name);
}

it("reads the organizations of a subject", () => {
  expect(subjectWith(UTF8_STRING, Buffer.from("system:masters")).organizations).toEqual(["system:masters"]);
});

it("does not pass over an organization that a signer may be able to read", () => {
  const utf32 = [..."system:masters"].flatMap((char) => [0, 0, 0, char.charCodeAt(0)]);
  expect(() => subjectWith(UNIVERSAL_STRING, utf32)).toThrow("unsupported string type in the subject");
});
