import { expect, test } from "vitest";
import { formatCheck } from "./format-check.js";

const CASES: { readonly [format: string]: { readonly good: readonly string[]; readonly bad: readonly string[] } } = {
  "date-time": {
    good: ["2026-02-28T10:00:00Z", "2026-02-28T10:00:00.123+02:00"],
    bad: ["2026-02-30T10:00:00Z", "2026-02-28", "2026-02-28T24:00:00Z", ""],
  },
  date: { good: ["2024-02-29", "0001-01-01"], bad: ["2026-02-29", "2026-2-1", "2026-13-01"] },
  duration: {
    good: ["1h30m", "5m", "-1.5s", "0", "3 days", "22 ns", "1h 5min"],
    bad: ["", "5", "m", "h5", "1".repeat(1000)],
  },
  byte: { good: ["", "YQ==", "YWI=", "YWJj"], bad: ["YQ=", "Y", "YQ==YQ==", "a b="] },
  ipv4: { good: ["10.0.0.1", "010.0.0.1", "::ffff:1.2.3.4"], bad: ["10.0.0.256", "10.0.0", "::1", "a.b.c.d"] },
  ipv6: { good: ["::1", "fe80::1", "::ffff:1.2.3.4"], bad: ["fe80::1%eth0", "10.0.0.1", ":::", ""] },
  cidr: { good: ["10.0.0.0/8", "::/0", "fd00::/128"], bad: ["10.0.0.0", "10.0.0.0/33", "::/129", "x/8"] },
  mac: { good: ["01:23:45:67:89:ab", "01-23-45-67-89-AB", "0123.4567.89ab"], bad: ["01:23:45", "01:23:45-67:89:ab"] },
  email: { good: ["a@b.example", "Ann <ann@b.example>", "a.b+c@d"], bad: ["a", "@b", "a@", "a b@c", "a..b@c"] },
  uri: {
    good: ["https://a.example/b?c#d", "/path", "mailto:a@b"],
    bad: ["", "a/b", "https://a b/", "http://%zz/", "https://[::1"],
  },
  hostname: {
    good: ["a.example.com", "localhost", "1.example"],
    bad: ["-a.example", "a_b.example", "a..b", `${"a".repeat(64)}.example`],
  },
  uuid: {
    good: ["123E4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000"],
    bad: ["123e4567", "g23e4567-e89b-12d3-a456-426614174000"],
  },
  uuid4: { good: ["123e4567-e89b-42d3-a456-426614174000"], bad: ["123e4567-e89b-12d3-a456-426614174000"] },
  isbn: { good: ["0321751043", "978-0321751041"], bad: ["0321751044", "978-0321751042"] },
  creditcard: { good: ["4111 1111 1111 1111"], bad: ["4111 1111 1111 1112"] },
  hexcolor: { good: ["#fff", "a1b2c3"], bad: ["#ff", "#ggg"] },
  rgbcolor: { good: ["rgb(255, 0, 10)"], bad: ["rgb(256,0,0)", "rgb(1,2)"] },
  ssn: { good: ["123-45-6789"], bad: ["12-345-6789"] },
  "k8s-short-name": { good: ["a-1"], bad: ["A", "-a", "a".repeat(64)] },
  "k8s-long-name": { good: ["a.b-c"], bad: ["a..b", ".a"] },
};

test.each(Object.keys(CASES))("format %s", (format) => {
  const check = formatCheck(format);
  for (const text of CASES[format]?.good ?? []) expect([text, check?.(text)]).toEqual([text, true]);
  for (const text of CASES[format]?.bad ?? []) expect([text, check?.(text)]).toEqual([text, false]);
});

test("formats that nobody checks have no check", () => {
  expect(formatCheck("quantity")).toBeUndefined();
  expect(formatCheck("int32")).toBeUndefined();
});
