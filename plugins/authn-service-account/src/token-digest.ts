import { hash } from "node:crypto";

/** What stands for a token wherever it is kept or compared: the time of a comparison then tells nothing about the token. */
export function tokenDigest(token: string | Buffer): string {
  return hash("sha256", token, "base64");
}
