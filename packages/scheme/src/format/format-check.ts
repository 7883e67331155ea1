import { isBankCard, isIsbn10, isIsbn13 } from "./check-digits.js";
import { isCidr, isIpv4, isIpv6, isMac } from "./network-format.js";
import { isDate, isDateTime, isDuration } from "./time-format.js";
import { isEmail, isHostname, isUri } from "./uri-format.js";

/** Says whether a string has a format. */
export type FormatCheck = (text: string) => boolean;

function matches(expression: RegExp): FormatCheck {
  return (text) => expression.test(text);
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const SHORT_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

function isColourPart(text: string): boolean {
  return /^\s*\d{1,3}\s*$/.test(text) && Number(text) <= 255;
}

function isRgbColour(text: string): boolean {
  const parts = text.startsWith("rgb(") && text.endsWith(")") ? text.slice(4, -1).split(",") : [];
  return parts.length === 3 && parts.every(isColourPart);
}

const CHECKS: ReadonlyMap<string, FormatCheck> = new Map<string, FormatCheck>([
  ["bsonobjectid", matches(/^[0-9a-f]{24}$/i)],
  ["uri", isUri],
  ["email", isEmail],
  ["hostname", isHostname],
  ["ipv4", isIpv4],
  ["ipv6", isIpv6],
  ["cidr", isCidr],
  ["mac", isMac],
  ["uuid", matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i)],
  ["uuid3", matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i)],
  ["uuid4", matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i)],
  ["uuid5", matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i)],
  ["isbn", (text) => isIsbn10(text) || isIsbn13(text)],
  ["isbn10", isIsbn10],
  ["isbn13", isIsbn13],
  ["creditcard", isBankCard],
  ["ssn", matches(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/)],
  ["hexcolor", matches(/^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/)],
  ["rgbcolor", isRgbColour],
  // Unlike upstream's check the empty string passes, as it does in a native kind's []byte.
  ["byte", (text) => text.length % 4 === 0 && BASE64.test(text)],
  ["password", () => true],
  ["date", isDate],
  ["datetime", isDateTime],
  ["duration", isDuration],
  ["k8sshortname", (text) => text.length <= 63 && SHORT_NAME.test(text)],
  ["k8slongname", (text) => text.length <= 253 && text.split(".").every((part) => SHORT_NAME.test(part))],
]);

/** The formats that are checked, as authors write them. */
export const KNOWN_FORMATS: readonly string[] = [
  ...[...CHECKS.keys()].filter((name) => name !== "datetime" && !name.startsWith("k8s")),
  "date-time",
  "k8s-short-name",
  "k8s-long-name",
  "int32",
  "int64",
  "float",
  "double",
];

/**
 * The check of a string format, dashes in its name aside (`date-time`, `datetime`); undefined for the formats that
 * custom resource definitions ignore too.
 */
export function formatCheck(name: string): FormatCheck | undefined {
  return CHECKS.get(name.replaceAll("-", ""));
}
