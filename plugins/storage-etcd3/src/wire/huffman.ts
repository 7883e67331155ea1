import { MalformedMessageError } from "./message-reader.js";

/** How many bits stand for each byte (RFC 7541, appendix B), `A` for 5; the codes follow, since they are canonical. */
const LENGTHS =
  "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHFIBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCC" +
  "CCCKGJIXPRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRSVVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVS" +
  "VWVVWWWWWXWWWWWV";
const LONGEST = 30;

/** The bytes whose code has so many bits, in the order of the codes, and the first of these codes. */
interface Row {
  readonly first: number;
  readonly bytes: readonly number[];
}

const ROWS: readonly Row[] = rows();

function rows(): Row[] {
  const table: Row[] = [];
  let first = 0;
  for (let length = 0; length <= LONGEST; length++) {
    const bytes = [...LENGTHS].flatMap((letter, byte) => (letter.charCodeAt(0) - 60 === length ? [byte] : []));
    table.push({ first, bytes });
    first = (first + bytes.length) * 2;
  }
  return table;
}

/** A text of a header that was made shorter. */
export function decodeHuffman(bytes: Buffer): string {
  const decoded: number[] = [];
  let code = 0;
  let length = 0;
  for (const octet of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((octet >> bit) & 1);
      length++;
      const row = ROWS[length];
      if (row === undefined) {
        throw new MalformedMessageError("has a header that is no text");
      }
      const byte = row.bytes[code - row.first];
      if (byte !== undefined) {
        decoded.push(byte);
        code = 0;
        length = 0;
      }
    }
  }
  // What is left, less than a byte, fills the last one up.
  return Buffer.from(decoded).toString("latin1");
}
