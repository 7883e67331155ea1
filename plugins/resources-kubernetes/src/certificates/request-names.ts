import { DER, type DerElement, DerError, derAt, derElements, oidText } from "./der.js";

/** The parts of a subject that Kubernetes looks at. */
export interface RequestSubject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

/** The other names that a request asks for, by their kinds. */
export interface RequestAlternativeNames {
  readonly dns: readonly string[];
  readonly emails: readonly string[];
  readonly uris: readonly string[];
  /** How many IP addresses. */
  readonly ips: number;
}

const COMMON_NAME = "2.5.4.3";
const ORGANIZATION = "2.5.4.10";
const EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
const ALTERNATIVE_NAMES = "2.5.29.17";
const UTF8_STRING = 0x0c;
const BMP_STRING = 0x1e;
/** PrintableString, T61String, IA5String. */
const LATIN_STRINGS: readonly number[] = [0x13, 0x14, 0x16];

/** Of another string type undefined: whoever signs may read it, and must not find what nobody has looked at. */
function textOf({ tag, content }: DerElement): string | undefined {
  if (tag === UTF8_STRING) return content.toString("utf8");
  if (LATIN_STRINGS.includes(tag)) return content.toString("latin1");
  if (tag !== BMP_STRING) return undefined;
  if (content.length % 2 !== 0) throw new DerError("invalid BMPString");
  return Buffer.from(content).swap16().toString("utf16le");
}

/**
 * Reads a Name; of several common names the last counts, as Go has it. Unlike Go, which passes them over, it throws for names
 * and organizations in string types that it does not know.
 */
export function readSubject(name: DerElement): RequestSubject {
  let commonName = "";
  const organizations: string[] = [];
  for (const set of derElements(name.content)) {
    for (const attribute of derElements(set.content)) {
      const parts = derElements(attribute.content);
      const type = oidText(derAt(parts, 0, DER.oid));
      const value = parts[1] === undefined ? undefined : textOf(parts[1]);
      if (type !== COMMON_NAME && type !== ORGANIZATION) continue;
      if (value === undefined) throw new DerError("unsupported string type in the subject");
      if (type === COMMON_NAME) commonName = value;
      else organizations.push(value);
    }
  }
  return { commonName, organizations };
}

/** The extensions among the attributes of a request, by OID; each its value. */
function extensions(attributes: DerElement): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const attribute of derElements(attributes.content)) {
    const parts = derElements(attribute.content);
    if (oidText(derAt(parts, 0, DER.oid)) !== EXTENSION_REQUEST) continue;
    const list = derAt(derElements(derAt(parts, 1, DER.set).content), 0, DER.sequence);
    for (const extension of derElements(list.content)) {
      const fields = derElements(extension.content);
      const id = oidText(derAt(fields, 0, DER.oid));
      if (found.has(id)) throw new DerError("certificate request contains duplicate requested extensions");
      found.set(id, derAt(fields, fields.length - 1, DER.octetString).content);
    }
  }
  return found;
}

/** Reads the alternative names that the attributes of a request ask for. */
export function readAlternativeNames(attributes: DerElement | undefined): RequestAlternativeNames {
  const names = { dns: [] as string[], emails: [] as string[], uris: [] as string[], ips: 0 };
  const value = attributes === undefined ? undefined : extensions(attributes).get(ALTERNATIVE_NAMES);
  if (value === undefined) return names;
  for (const { tag, content } of derElements(derAt(derElements(value), 0, DER.sequence).content)) {
    if (tag === 0x81) names.emails.push(content.toString("latin1"));
    else if (tag === 0x82) names.dns.push(content.toString("latin1"));
    else if (tag === 0x86) names.uris.push(content.toString("latin1"));
    else if (tag === 0x87) names.ips += 1;
  }
  return names;
}
