/** A range of ports, both ends in it. */
export class PortRange {
  private constructor(
    readonly first: number,
    readonly last: number,
  ) {}

  /** `30000-32767`; undefined for what is no range of ports. */
  static parse(text: string): PortRange | undefined {
    const [, from = "", to = ""] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
    const [first, last] = [Number(from), Number(to)];
    return from !== "" && first >= 1 && first <= last && last <= 65_535 ? new PortRange(first, last) : undefined;
  }

  get size(): number {
    return this.last - this.first + 1;
  }

  has(port: number): boolean {
    return port >= this.first && port <= this.last;
  }

  toString(): string {
    return `${this.first}-${this.last}`;
  }
}
