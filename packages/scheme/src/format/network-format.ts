import { isIPv6 } from "node:net";

const OCTET = /^\d{1,10}$/;

/** Four numbers up to 255; zeros in front are let pass, as upstream does for old objects. */
function isDottedQuad(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => OCTET.test(part) && Number(part) <= 255);
}

function isPlainIpv6(text: string): boolean {
  return !text.includes("%") && isIPv6(text);
}

/** An IPv4 address; also an IPv6 one that ends in dots and numbers, which upstream takes for it. */
export function isIpv4(text: string): boolean {
  return isDottedQuad(text) || (text.includes(".") && isPlainIpv6(text));
}

/** An IPv6 address without a zone. */
export function isIpv6(text: string): boolean {
  return isPlainIpv6(text);
}

/** An address and a prefix length, such as `10.0.0.0/8`. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf("/");
  if (slash < 0) return false;
  const address = text.slice(0, slash);
  const length = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length)) return false;
  return (isDottedQuad(address) && Number(length) <= 32) || (isPlainIpv6(address) && Number(length) <= 128);
}

const PAIRS = /^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2})*$/i;
const QUADS = /^[0-9a-f]{4}(?:\.[0-9a-f]{4})+$/i;

/** A hardware address of 6, 8 or 20 bytes, written in pairs with `:` or `-`, or in fours with dots. */
export function isMac(text: string): boolean {
  if (PAIRS.test(text)) return [17, 23, 59].includes(text.length);
  return QUADS.test(text) && [14, 19, 49].includes(text.length);
}
