import { IpAddress } from "@quarterdeck/meta";

interface Block {
  readonly prefix: bigint;
  readonly length: number;
}

function blocks(...texts: readonly string[]): readonly Block[] {
  return texts.map((text) => {
    const [address = "", length = ""] = text.split("/");
    return { prefix: IpAddress.parse(address)?.value ?? 0n, length: Number(length) };
  });
}

/** Addresses of nobody, of everybody, of the host itself and of its link. */
const SPECIAL = {
  IPv4: blocks("0.0.0.0/32", "255.255.255.255/32", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"),
  IPv6: blocks("::/128", "::1/128", "fe80::/10", "ff00::/8"),
};

/** True for an address that one host may have for others to send to; Go's `IsGlobalUnicast`. */
export function isGlobalUnicast(text: string): boolean {
  const address = IpAddress.parse(text);
  if (address === undefined) return false;
  return SPECIAL[address.family].every(({ prefix, length }) => {
    const shift = BigInt(address.bits - length);
    return address.value >> shift !== prefix >> shift;
  });
}
