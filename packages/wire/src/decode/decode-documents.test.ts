import { describe, expect, it } from "vitest";
import { decodeDocuments } from "./decode-documents.js";

const objects = async (text: string) => (await decodeDocuments(Buffer.from(text))).map(({ object }) => object);

describe("decodeDocuments", () => {
  it("reads one document after the other, without the empty ones", async () => {
    expect(await objects("---\na: 1\n---\n# nothing\n---\nb: yes\n---\n")).toEqual([{ a: 1 }, { b: true }]);
    expect(await objects("")).toEqual([]);
    expect(await objects("a: |\n  ---\n  x\n---\nb: 2\n")).toEqual([{ a: "---\nx\n" }, { b: 2 }]);
  });

  it("reads JSON, and YAML that begins as JSON does", async () => {
    expect(await objects('{"a":{"b":[1,"2"]}}\n')).toEqual([{ a: { b: [1, "2"] } }]);
    expect(await objects("{a: 1}\n---\n{b: 2}\n")).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it("names what stands twice", async () => {
    const [json] = await decodeDocuments(Buffer.from('{"a":{"b":1,"b":2}}'));
    expect(json?.duplicates).toEqual(["a.b"]);
    const [, yaml] = await decodeDocuments(Buffer.from("a: 1\n---\nb: 1\nb: 2\n"));
    expect(yaml?.duplicates).toEqual(["b"]);
  });

  it("says where a text is malformed", async () => {
    await expect(decodeDocuments(Buffer.from("a: 1\n---\nb: [\n"))).rejects.toThrow(/^yaml: line \d+: /);
    await expect(decodeDocuments(Buffer.from("- a\n"))).rejects.toThrow("a document is no object");
  });
});
