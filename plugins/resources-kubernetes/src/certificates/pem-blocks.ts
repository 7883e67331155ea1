/** One block of a PEM file. */
export interface PemBlock {
  readonly type: string;
  readonly der: Buffer;
  /** True when lines such as `Proc-Type:` stand before the content. */
  readonly hasHeaders: boolean;
}

const BEGIN = "-----BEGIN ";
const DASHES = "-----";

/** The blocks of a PEM file one after the other; what stands between them is passed over, as a block without an end is. */
export function* pemBlocks(text: string): IterableIterator<PemBlock> {
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
    const typeAt = at + BEGIN.length;
    const typeEnd = text.indexOf(DASHES, typeAt);
    if (typeEnd < 0) return;
    const type = text.slice(typeAt, typeEnd);
    const bodyAt = typeEnd + DASHES.length;
    const end = text.indexOf("-----END ", bodyAt);
    if (end < 0) return;
    at = end;
    if (text.startsWith(`-----END ${type}-----`, end)) {
      const body = text.slice(bodyAt, end);
      yield { type, der: Buffer.from(body.replace(/\s/g, ""), "base64"), hasHeaders: body.includes(":") };
    }
  }
}
