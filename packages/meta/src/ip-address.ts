/** The two families of IP addresses, as `ipFamilies` of a Service names them. */
export type IpFamily = "IPv4" | "IPv6";

const MAPPED = 0xffffn;
const OCTETS = 4;
const GROUPS = 8;

function octets(text: string): bigint | undefined {
  const parts = text.split(".", OCTETS + 1);
  if (parts.length !== OCTETS) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,10}$/.test(part) || Number(part) > 0xff) return undefined;
    value = (value << 8n) | BigInt(Number(part));
  }
  return value;
}

/** The 16-bit groups of one side of `::`; the last may be written as four octets. */
function groupsOf(text: string): bigint[] | undefined {
  const groups: bigint[] = [];
  if (text === "") return groups;
  const parts = text.split(":", GROUPS + 1);
  for (const [index, part] of parts.entries()) {
    if (part.includes(".")) {
      const value = index === parts.length - 1 ? octets(part) : undefined;
      if (value === undefined) return undefined;
      groups.push(value >> 16n, value & 0xffffn);
    } else {
      if (!/^0{0,10}[0-9a-f]{1,4}$/i.test(part)) return undefined;
      groups.push(BigInt(`0x${part}`));
    }
  }
  return groups;
}

function parseV6(text: string): bigint | undefined {
  const gap = text.indexOf("::");
  const head = groupsOf(gap < 0 ? text : text.slice(0, gap));
  const tail = gap < 0 ? [] : groupsOf(text.slice(gap + 2));
  if (head === undefined || tail === undefined) return undefined;
  // an IPv4 ending belongs to the very end
  if (gap >= 0 && text.slice(0, gap).includes(".")) return undefined;
  const missing = GROUPS - head.length - tail.length;
  if (gap < 0 ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return all.reduce((value, group) => (value << 16n) | group, 0n);
}

/** Zeros in front of an octet, or of a group beyond its four digits. */
function hasZeros(text: string): boolean {
  const groups = text.split(":");
  const dotted = groups.at(-1)?.includes(".") ? (groups.pop() ?? "").split(".") : [];
  return dotted.some((octet) => octet.length > 1 && octet.startsWith("0")) || groups.some((group) => group.length > 4);
}

/** The longest run of zero groups, of two or more, is left out; RFC 5952. */
function formatV6(value: bigint): string {
  const groups = Array.from({ length: GROUPS }, (_, index) => (value >> BigInt(16 * (GROUPS - 1 - index))) & 0xffffn);
  let [from, to] = [-1, -1];
  for (let start = 0; start < GROUPS; start++) {
    let end = start;
    while (end < GROUPS && groups[end] === 0n) end++;
    if (end - start > Math.max(to - from, 1)) [from, to] = [start, end];
  }
  const text = (list: readonly bigint[]) => list.map((group) => group.toString(16)).join(":");
  return from < 0 ? text(groups) : `${text(groups.slice(0, from))}::${text(groups.slice(to))}`;
}

/**
 * An IP address. IPv4-mapped IPv6 addresses are IPv4 ones, as for Go's `net.IP`, and zeros in front of a number are let
 * pass, as upstream's `ParseIPSloppy` does; `plain` tells whether it was written with neither.
 */
export class IpAddress {
  private constructor(
    readonly family: IpFamily,
    /** The address as a number of 32 or 128 bits. */
    readonly value: bigint,
    /** How it was written: as is, with leading zeros, or mapped to IPv6 (leading zeros count first). */
    readonly written: "plain" | "zeros" | "mapped" = "plain",
  ) {}

  /** The address with this number. */
  static of(family: IpFamily, value: bigint): IpAddress {
    return new IpAddress(family, value);
  }

  /** Undefined for what is no address; one with a zone is none. */
  static parse(text: string): IpAddress | undefined {
    if (text.length > 256) return undefined;
    const mark = text.search(/[.:]/);
    if (text[mark] === ".") {
      const value = octets(text);
      return value === undefined ? undefined : new IpAddress("IPv4", value, hasZeros(text) ? "zeros" : "plain");
    }
    const value = mark < 0 ? undefined : parseV6(text);
    if (value === undefined) return undefined;
    const mapped = value >> 32n === MAPPED;
    const written = hasZeros(text) ? "zeros" : mapped ? "mapped" : "plain";
    return mapped ? new IpAddress("IPv4", value & 0xffff_ffffn, written) : new IpAddress("IPv6", value, written);
  }

  /** How many bits addresses of the family have. */
  get bits(): 32 | 128 {
    return this.family === "IPv4" ? 32 : 128;
  }

  /** The canonical text: dotted decimals, or RFC 5952. */
  toString(): string {
    if (this.family === "IPv6") return formatV6(this.value);
    return [24n, 16n, 8n, 0n].map((shift) => (this.value >> shift) & 0xffn).join(".");
  }
}
