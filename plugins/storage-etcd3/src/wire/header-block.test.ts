import { describe, expect, it } from "vitest";
import { decodeHeaders, encodeHeaders } from "./header-block.js";
import { decodeHuffman } from "./huffman.js";
import { MalformedMessageError } from "./message-reader.js";

function bytes(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(" ", ""), "hex");
}

describe("the headers of HTTP/2", () => {
  // RFC 7541, C.4 and C.6
  it.each([
    ["f1e3 c2e5 f23a 6ba0 ab90 f4ff", "www.example.com"],
    ["a8eb 1064 9cbf", "no-cache"],
    ["25a8 49e9 5bb8 e8b4 bf", "custom-value"],
    ["6402", "302"],
    ["d07a be94 1054 d444 a820 0595 040b 8166 e082 a62d 1bff", "Mon, 21 Oct 2013 20:13:21 GMT"],
    ["9d29 ad17 1863 c78f 0b97 c8e9 ae82 ae43 d3", "https://www.example.com"],
    ["", ""],
  ])("a text made shorter, %s, is read", (hex, text) => {
    expect(decodeHuffman(bytes(hex))).toBe(text);
  });

  it("a text of bits that stand for nothing is refused", () => {
    expect(() => decodeHuffman(bytes("ffff ffff ffff"))).toThrow(MalformedMessageError);
  });

  // RFC 7541, C.2, C.3.1 and C.4.1, without what they have the peer remember
  it.each([
    ["400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572", { "custom-key": "custom-header" }],
    ["040c 2f73 616d 706c 652f 7061 7468", { ":path": "/sample/path" }],
    ["1008 7061 7373 776f 7264 0673 6563 7265 74", { password: "secret" }],
    ["82", { ":method": "GET" }],
    ["20 88 5f 10 6170 706c 6963 6174 696f 6e2f 6772 7063", { ":status": "200", "content-type": "application/grpc" }],
    [
      "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
      { ":method": "GET", ":scheme": "http", ":path": "/", ":authority": "www.example.com" },
    ],
  ])("the block %s is read", (hex, headers) => {
    expect(Object.fromEntries(decodeHeaders(bytes(hex)))).toEqual(headers);
  });

  it("what was to be remembered is refused, and what ends early", () => {
    expect(() => decodeHeaders(bytes("be"))).toThrow(MalformedMessageError);
    expect(() => decodeHeaders(bytes("400a 6375"))).toThrow(MalformedMessageError);
    expect(() => decodeHeaders(bytes("40"))).toThrow(MalformedMessageError);
  });

  it("headers are read as they were written, long ones too", () => {
    const headers = [":path", "a", "b".repeat(126), "c".repeat(127), "d".repeat(128), "e".repeat(20_000)].map(
      (name, index) => [name, name.repeat(index + 1)] as const,
    );
    expect([...decodeHeaders(encodeHeaders(headers))]).toEqual(headers);
  });
});
