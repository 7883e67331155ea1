const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const KIND = Buffer.from('{"kind":"');
const API_VERSION = Buffer.from(',"apiVersion":"');
const METADATA = Buffer.from(',"metadata":{');

/** The string members that stand before resourceVersion, in the only order in which canonical bytes hold them. */
const LEADING = ["name", "generateName", "namespace", "uid"].map((name) => Buffer.from(`"${name}":"`));
const COLON = Buffer.from(":");
const COMMA = Buffer.from(",");
const LABELS = Buffer.from('"labels":{');
const RESOURCE_VERSION = Buffer.from('"resourceVersion":"');

/** Thrown when bytes that should be canonical are not: a defect of the server, never of a client. */
export class NotCanonicalError extends Error {
  override readonly name = "NotCanonicalError";

  constructor(at: number) {
    super(`the bytes of the object are not canonical JSON at offset ${at}`);
  }
}

/** Where a resourceVersion stands in canonical bytes, or would have to. */
export interface RevisionPlace {
  /** The first byte of the member, or the place to insert it. */
  readonly start: number;
  /** One past the member's closing quote; the same as `start` when there is none. */
  readonly end: number;
  /** Whether a member precedes it, so that an inserted one needs a comma before it. */
  readonly follows: boolean;
}

/** The offset of the brace that opens the metadata of canonical bytes. */
export function metadataStart(bytes: Buffer): number {
  let at = expect(bytes, 0, KIND);
  at = expect(bytes, skipString(bytes, at), API_VERSION);
  return expect(bytes, skipString(bytes, at), METADATA) - 1;
}

/** One past the brace that closes the metadata that opens at `start`. */
export function metadataEnd(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = skipString(bytes, at + 1) - 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return at + 1;
  }
  throw new NotCanonicalError(bytes.length);
}

/**
 * Finds the place of resourceVersion by walking the few members before it. Values are stepped over as strings, so no
 * text in them can pass for a member.
 */
export function revisionPlace(bytes: Buffer): RevisionPlace {
  let at = metadataStart(bytes) + 1;
  let follows = false;
  for (const member of LEADING) {
    const start = follows ? at + 1 : at;
    if ((follows && bytes[at] !== 0x2c) || !startsWith(bytes, start, member)) continue;
    at = skipString(bytes, start + member.length);
    follows = true;
  }
  const start = follows && bytes[at] === 0x2c ? at + 1 : at;
  if (!startsWith(bytes, start, RESOURCE_VERSION)) return { start: at, end: at, follows };
  return { start, end: skipString(bytes, start + RESOURCE_VERSION.length), follows };
}

/** The bytes [start, end) of the labels in the metadata of canonical bytes, braces included; undefined without labels. */
export function labelsRange(bytes: Buffer): { readonly start: number; readonly end: number } | undefined {
  let at = metadataStart(bytes) + 1;
  if (bytes[at] === CLOSE_BRACE) return undefined;
  for (;;) {
    const value = expect(bytes, skipString(bytes, at + 1), COLON);
    if (startsWith(bytes, at, LABELS)) return { start: value, end: skipValue(bytes, value) };
    at = skipValue(bytes, value);
    if (bytes[at] === CLOSE_BRACE) return undefined;
    at = expect(bytes, at, COMMA);
  }
}

/** One past the value that starts at `at`. */
function skipValue(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at + 1);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return metadataEnd(bytes, at);
  for (let next = at; next < bytes.length; next++) {
    const byte = bytes[next];
    if (byte === 0x2c || byte === CLOSE_BRACE) return next;
  }
  throw new NotCanonicalError(bytes.length);
}

/** One past the closing quote of the string whose first character is at `at`. */
function skipString(bytes: Buffer, at: number): number {
  for (let next = at; next < bytes.length; next++) {
    const byte = bytes[next];
    if (byte === QUOTE) return next + 1;
    if (byte === BACKSLASH) next++;
  }
  throw new NotCanonicalError(bytes.length);
}

function expect(bytes: Buffer, at: number, text: Buffer): number {
  if (!startsWith(bytes, at, text)) throw new NotCanonicalError(at);
  return at + text.length;
}

function startsWith(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false;
  return true;
}
