/** `[0]`, constructed: the version, left out by certificates of version 1. */
const VERSION_TAG = 0xa0;

/** Where the content of the DER element at `start` begins. */
function contentOf(der: Uint8Array, start: number): number {
  const length = der[start + 1] ?? 0;
  return start + 2 + (length < 0x80 ? 0 : length & 0x7f);
}

/** The X.509 version of a certificate in DER, 1 to 3; Node does not tell it. */
export function certificateVersion(der: Uint8Array): number {
  const first = contentOf(der, contentOf(der, 0));
  if (der[first] !== VERSION_TAG) return 1;
  const integer = contentOf(der, first);
  return (der[contentOf(der, integer)] ?? 2) + 1;
}
