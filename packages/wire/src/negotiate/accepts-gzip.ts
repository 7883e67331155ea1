/** True for a token `gzip` without parameters in an Accept-Encoding header, as upstream reads it. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  if (header === undefined) return false;
  const text = typeof header === "string" ? header : header.join(",");
  if (text === "gzip") return true;
  return text.includes("gzip") && text.split(",").some((token) => token.trim() === "gzip");
}
