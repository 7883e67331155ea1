import { decodeHuffman } from "./huffman.js";
import { MalformedMessageError } from "./message-reader.js";

/** The headers that have a number (RFC 7541, appendix A), from 1 on. */
const STATIC: readonly string[] = [
  ":authority",
  ":method GET",
  ":method POST",
  ":path /",
  ":path /index.html",
  ":scheme http",
  ":scheme https",
  ...["200", "204", "206", "304", "400", "404", "500"].map((code) => `:status ${code}`),
  "accept-charset",
  "accept-encoding gzip, deflate",
  ..."accept-language accept-ranges accept access-control-allow-origin age allow authorization cache-control".split(
    " ",
  ),
  ..."content-disposition content-encoding content-language content-length content-location content-range".split(" "),
  ..."content-type cookie date etag expect expires from host if-match if-modified-since if-none-match".split(" "),
  ..."if-range if-unmodified-since last-modified link location max-forwards proxy-authenticate".split(" "),
  ..."proxy-authorization range referer refresh retry-after server set-cookie strict-transport-security".split(" "),
  ..."transfer-encoding user-agent vary via www-authenticate".split(" "),
];

/** Headers as one block, each written out: nothing is remembered by the peer, so that the block is the same each time. */
export function encodeHeaders(headers: readonly (readonly [name: string, value: string])[]): Buffer {
  const parts: Buffer[] = [];
  for (const [name, value] of headers) {
    // Never to be remembered by anybody on the way: a token is among them.
    parts.push(Buffer.from([0x10]), text(name), text(value));
  }
  return Buffer.concat(parts);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "latin1");
  return Buffer.concat([integer(bytes.length, 7), bytes]);
}

/** A whole number of which the first byte holds so many bits (RFC 7541, 5.1). */
function integer(value: number, bits: number): Buffer {
  const full = 2 ** bits - 1;
  if (value < full) {
    return Buffer.from([value]);
  }
  const bytes = [full];
  let rest = value - full;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

/** The headers of a block from a peer that was told to remember none. */
export function decodeHeaders(block: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  const reader = new BlockReader(block);
  while (reader.more) {
    const first = reader.peek;
    if (first >= 0x80) {
      const [name, value] = numbered(reader.integer(7));
      headers.set(name, value);
    } else if (first >= 0x20 && first < 0x40) {
      // How much is to be remembered: nothing, as it was told.
      reader.integer(5);
    } else {
      const index = reader.integer(first >= 0x40 ? 6 : 4);
      const name = index === 0 ? reader.text() : numbered(index)[0];
      headers.set(name, reader.text());
    }
  }
  return headers;
}

function numbered(index: number): readonly [name: string, value: string] {
  const header = STATIC[index - 1];
  if (header === undefined) {
    throw new MalformedMessageError("has a header that was to be remembered");
  }
  const space = header.indexOf(" ");
  return space < 0 ? [header, ""] : [header.slice(0, space), header.slice(space + 1)];
}

class BlockReader {
  #at = 0;

  constructor(private readonly block: Buffer) {}

  get more(): boolean {
    return this.#at < this.block.length;
  }

  get peek(): number {
    return this.block[this.#at] ?? 0;
  }

  integer(bits: number): number {
    const full = 2 ** bits - 1;
    const start = this.#byte() % (full + 1);
    if (start < full) {
      return start;
    }
    let value = full;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      value += (byte % 128) * scale;
      if (byte < 128) {
        return value;
      }
    }
  }

  text(): string {
    const shortened = this.peek >= 0x80;
    const length = this.integer(7);
    const bytes = this.block.subarray(this.#at, this.#at + length);
    if (bytes.length < length) {
      throw new MalformedMessageError("ends in the middle of a header");
    }
    this.#at += length;
    return shortened ? decodeHuffman(bytes) : bytes.toString("latin1");
  }

  #byte(): number {
    const byte = this.block[this.#at++];
    if (byte === undefined) {
      throw new MalformedMessageError("ends in the middle of a header");
    }
    return byte;
  }
}
