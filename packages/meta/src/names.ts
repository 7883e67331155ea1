const LABEL_MAX = 63;
const SUBDOMAIN_MAX = 253;

const LABEL_FORMAT = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN_FORMAT = `${LABEL_FORMAT}(\\.${LABEL_FORMAT})*`;
const KEY_FORMAT = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', " +
  "and must start and end with an alphanumeric character";
const CASELESS_SUBDOMAIN_TEXT =
  "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', and must start and end with an alphanumeric " +
  "character";
const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
  "and must start and end with an alphanumeric character";
const KEY_TEXT =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', " +
  "and must start and end with an alphanumeric character";

const NONE: readonly string[] = Object.freeze([]);

// The formats are checked by loops over character codes: names come from clients in any length, and a loop cannot backtrack.

function isLowerAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function isAlphanumeric(code: number): boolean {
  return isLowerAlphanumeric(code) || (code >= 65 && code <= 90);
}

function isLabelShaped(value: string, start: number, end: number): boolean {
  if (start >= end) return false;
  if (!isLowerAlphanumeric(value.charCodeAt(start)) || !isLowerAlphanumeric(value.charCodeAt(end - 1))) return false;
  for (let index = start + 1; index < end - 1; index++) {
    const code = value.charCodeAt(index);
    if (!isLowerAlphanumeric(code) && code !== 45) return false;
  }
  return true;
}

function isSubdomainShaped(value: string): boolean {
  let start = 0;
  for (;;) {
    const dot = value.indexOf(".", start);
    if (!isLabelShaped(value, start, dot === -1 ? value.length : dot)) return false;
    if (dot === -1) return true;
    start = dot + 1;
  }
}

function isKeyShaped(value: string): boolean {
  const last = value.length - 1;
  if (last < 0 || !isAlphanumeric(value.charCodeAt(0)) || !isAlphanumeric(value.charCodeAt(last))) return false;
  for (let index = 1; index < last; index++) {
    const code = value.charCodeAt(index);
    // '-', '_' and '.' besides letters and digits
    if (!isAlphanumeric(code) && code !== 45 && code !== 95 && code !== 46) return false;
  }
  return true;
}

function exceeds(value: string, maxBytes: number): boolean {
  return value.length > maxBytes || (value.length * 3 > maxBytes && Buffer.byteLength(value) > maxBytes);
}

function withRegex(text: string, format: string, ...examples: readonly string[]): string {
  // the two spaces before "or" are upstream's
  const list = examples.map((example) => `'${example}', `).join(" or ");
  return `${text} (e.g. ${list}regex used for validation is '${format}')`;
}

/** What upstream calls the units of a length: the rules that it declares say bytes, the older ones characters, and all count bytes. */
export type LengthUnit = "bytes" | "characters";

/** What is wrong with an RFC 1123 subdomain, in upstream's words; empty when it is one. */
export function dns1123SubdomainErrors(value: string, unit: LengthUnit = "characters"): readonly string[] {
  const tooLong = exceeds(value, SUBDOMAIN_MAX);
  const shaped = isSubdomainShaped(value);
  if (!tooLong && shaped) return NONE;
  return [
    ...(tooLong ? [`must be no more than ${SUBDOMAIN_MAX} ${unit}`] : []),
    ...(shaped ? [] : [withRegex(SUBDOMAIN_TEXT, SUBDOMAIN_FORMAT, "example.com")]),
  ];
}

/** The same of one that may have capitals; upstream's `IsDNS1123SubdomainCaseless`. */
export function dns1123CaselessSubdomainErrors(value: string): readonly string[] {
  const tooLong = exceeds(value, SUBDOMAIN_MAX);
  const shaped = isSubdomainShaped(value.toLowerCase());
  if (!tooLong && shaped) return NONE;
  return [
    ...(tooLong ? [`must be no more than ${SUBDOMAIN_MAX} bytes`] : []),
    ...(shaped ? [] : [withRegex(CASELESS_SUBDOMAIN_TEXT, SUBDOMAIN_FORMAT, "Example.com")]),
  ];
}

/** What is wrong with an RFC 1123 label, in upstream's words; empty when it is one. */
export function dns1123LabelErrors(value: string, unit: LengthUnit = "characters"): readonly string[] {
  const tooLong = exceeds(value, LABEL_MAX);
  const shaped = isLabelShaped(value, 0, value.length);
  if (!tooLong && shaped) return NONE;
  const errors: string[] = [];
  if (tooLong) errors.push(`must be no more than ${LABEL_MAX} ${unit}`);
  if (!shaped) {
    errors.push(
      isSubdomainShaped(value) ? "must not contain dots" : withRegex(LABEL_TEXT, LABEL_FORMAT, "my-name", "123-abc"),
    );
  }
  return errors;
}

/** What keeps a prefix of a name from being a path segment; a suffix may still make `.` or `..` legal. */
export function pathSegmentPrefixErrors(value: string): readonly string[] {
  const slash = value.includes("/");
  const percent = value.includes("%");
  if (!slash && !percent) return NONE;
  return [...(slash ? ["may not contain '/'"] : []), ...(percent ? ["may not contain '%'"] : [])];
}

/** What keeps a name from being one segment of a path; empty names and any length pass, as upstream has it. */
export function pathSegmentNameErrors(value: string): readonly string[] {
  if (value === "." || value === "..") return [`may not be '${value}'`];
  return pathSegmentPrefixErrors(value);
}

/** What is wrong with a qualified name (a label key, a finalizer): `[prefix/]name`; empty when it is one. */
export function qualifiedNameErrors(value: string): readonly string[] {
  const slash = value.indexOf("/");
  const name = value.slice(slash + 1);
  if (slash !== -1 && name.includes("/")) {
    const text = `a valid label key ${withRegex(KEY_TEXT, KEY_FORMAT, "MyName", "my.name", "123-abc")}`;
    return [`${text} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const errors: string[] = [];
  if (slash === 0) errors.push("prefix part must be non-empty");
  else if (slash > 0) {
    for (const text of dns1123SubdomainErrors(value.slice(0, slash), "bytes")) errors.push(`prefix part ${text}`);
  }
  if (name === "") errors.push("name part must be non-empty");
  else if (exceeds(name, LABEL_MAX)) errors.push(`name part must be no more than ${LABEL_MAX} bytes`);
  if (!isKeyShaped(name)) {
    errors.push(`name part ${withRegex(KEY_TEXT, KEY_FORMAT, "MyName", "my.name", "123-abc")}`);
  }
  return errors.length === 0 ? NONE : errors;
}

/** What is wrong with a label value; empty when it is one (the empty string is). */
export function labelValueErrors(value: string): readonly string[] {
  const tooLong = exceeds(value, LABEL_MAX);
  const shaped = value === "" || isKeyShaped(value);
  if (!tooLong && shaped) return NONE;
  return [
    ...(tooLong ? [`must be no more than ${LABEL_MAX} bytes`] : []),
    ...(shaped ? [] : [withRegex(VALUE_TEXT, `(${KEY_FORMAT})?`, "MyValue", "my_value", "12345")]),
  ];
}

/** Which of the name rules a kind follows. */
export type NameFormat = "subdomain" | "label" | "path-segment";

/**
 * What is wrong with an object's name under a kind's rule. A prefix (`generateName`) may end in a dash, since five
 * characters follow it.
 */
export function nameErrors(format: NameFormat, value: string, prefix = false): readonly string[] {
  if (format === "path-segment") return prefix ? pathSegmentPrefixErrors(value) : pathSegmentNameErrors(value);
  const masked = prefix && value.length > 1 && value.endsWith("-") ? `${value.slice(0, -2)}a` : value;
  return format === "label" ? dns1123LabelErrors(masked) : dns1123SubdomainErrors(masked);
}
