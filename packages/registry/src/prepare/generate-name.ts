import { randomInt } from "node:crypto";

const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
const SUFFIX_LENGTH = 5;
const MAX_PREFIX = 63 - SUFFIX_LENGTH;

/** How many names a create with generateName tries before it gives up. */
export const NAME_ATTEMPTS = 8;

/** The prefix, cut to 58 characters, and five characters that spell no word. */
export function generateName(prefix: string): string {
  let name = prefix.slice(0, MAX_PREFIX);
  for (let count = 0; count < SUFFIX_LENGTH; count++) name += ALPHABET.charAt(randomInt(ALPHABET.length));
  return name;
}
