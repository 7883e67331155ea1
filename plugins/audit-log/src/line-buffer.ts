/** Bytes of a part; a line that is longer has a part of its own. */
const PART = 64 * 1024;
/** UTF-8 has at most so many bytes for a code unit of a string. */
const WIDEST = 3;
const LINE_FEED = 0x0a;

/**
 * Lines as bytes, in the order in which they came. They are turned into bytes at once: strings that wait survive collections of
 * the young generation, each of which copies all of them.
 */
export class LineBuffer {
  readonly #full: Buffer[] = [];
  #part: Buffer;
  #used = 0;
  #lines = 0;

  constructor(private readonly spare: Buffer[]) {
    this.#part = spare.pop() ?? Buffer.allocUnsafeSlow(PART);
  }

  get lines(): number {
    return this.#lines;
  }

  add(line: string): void {
    const room = line.length * WIDEST + 1;
    if (room > this.#part.length - this.#used) this.#begin(room);
    this.#used += this.#part.write(line, this.#used);
    this.#part[this.#used++] = LINE_FEED;
    this.#lines++;
  }

  /** What is in it; nothing may be added afterwards. */
  get parts(): readonly Buffer[] {
    return [...this.#full, this.#part.subarray(0, this.#used)];
  }

  /** Gives the memory back once it is written. */
  recycle(): void {
    if (this.spare.length < 4 && this.#part.length === PART) this.spare.push(this.#part);
  }

  #begin(room: number): void {
    if (this.#used > 0) this.#full.push(this.#part.subarray(0, this.#used));
    this.#part = Buffer.allocUnsafeSlow(Math.max(PART, room));
    this.#used = 0;
  }
}
