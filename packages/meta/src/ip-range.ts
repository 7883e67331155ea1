import { IpAddress, type IpFamily } from "./ip-address.js";

/** A range of IP addresses in CIDR form, such as `10.96.0.0/16`. */
export class IpRange {
  private constructor(
    readonly family: IpFamily,
    /** The first number of the range. */
    readonly base: bigint,
    readonly prefixLength: number,
    /** The address as it was written, which may have bits beyond the prefix. */
    readonly address: IpAddress,
    /** False when numbers have zeros in front, which only old objects may have. */
    readonly zeros: boolean,
    /** Written as an IPv4-mapped IPv6 range. */
    readonly mapped: boolean,
  ) {}

  /** Undefined for what is no CIDR; as tolerant as upstream's `ParseCIDRSloppy`. */
  static parse(text: string): IpRange | undefined {
    const slash = text.indexOf("/");
    const address = slash < 0 ? undefined : IpAddress.parse(text.slice(0, slash));
    const digits = text.slice(slash + 1);
    if (address === undefined || !/^\d{1,6}$/.test(digits)) return undefined;
    const v6 = text.slice(0, slash).includes(":");
    const length = Number(digits);
    if (length > (v6 ? 128 : 32)) return undefined;
    const zeros = address.written === "zeros" || (digits.length > 1 && digits.startsWith("0"));
    const mapped = v6 && address.family === "IPv4";
    // a mapped range that is wider than all of IPv4 is one of IPv6
    const wide = mapped && length < 96;
    const family = wide ? "IPv6" : address.family;
    const prefixLength = mapped && !wide ? length - 96 : length;
    const whole = wide ? address.value | (0xffffn << 32n) : address.value;
    const shift = BigInt((family === "IPv4" ? 32 : 128) - prefixLength);
    return new IpRange(family, (whole >> shift) << shift, prefixLength, address, zeros, mapped);
  }

  /** How many addresses there are. */
  get size(): bigint {
    return 1n << BigInt((this.family === "IPv4" ? 32 : 128) - this.prefixLength);
  }

  /** The address that many after the first. */
  at(offset: bigint): IpAddress {
    return IpAddress.of(this.family, this.base + offset);
  }

  has(address: IpAddress): boolean {
    return address.family === this.family && address.value >= this.base && address.value < this.base + this.size;
  }

  /** True when any address is in both. */
  overlaps(other: IpRange): boolean {
    return this.family === other.family && this.base < other.base + other.size && other.base < this.base + this.size;
  }

  /** The canonical text, without bits beyond the prefix. */
  toString(): string {
    return `${this.at(0n)}/${this.prefixLength}`;
  }
}
