import { describe, expect, it } from "vitest";
import {
  dns1123CaselessSubdomainErrors,
  dns1123LabelErrors,
  dns1123SubdomainErrors,
  labelValueErrors,
  nameErrors,
  pathSegmentNameErrors,
  qualifiedNameErrors,
} from "./names.js";

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const KEY = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** Every string of up to four characters over an alphabet that has one of each class. */
function* shortStrings(alphabet: string): Generator<string> {
  let words = [""];
  for (let length = 0; length <= 4; length++) {
    yield* words;
    words = words.flatMap((word) => [...alphabet].map((letter) => word + letter));
  }
}

describe("names", () => {
  it("accepts exactly what upstream's expressions accept", () => {
    for (const text of shortStrings("a0-._A/ ")) {
      expect([text, dns1123SubdomainErrors(text).length === 0]).toEqual([text, SUBDOMAIN.test(text)]);
      expect([text, labelValueErrors(text).length === 0]).toEqual([text, text === "" || KEY.test(text)]);
    }
  });

  it("words a bad subdomain as upstream does", () => {
    expect(dns1123SubdomainErrors("A_b")).toEqual([
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " +
        "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
        "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ]);
    expect(dns1123SubdomainErrors("a".repeat(254))).toEqual(["must be no more than 253 characters"]);
    expect(dns1123SubdomainErrors("a".repeat(254), "bytes")).toEqual(["must be no more than 253 bytes"]);
    expect(dns1123SubdomainErrors("a".repeat(253))).toEqual([]);
  });

  it("words a bad subdomain that may have capitals as upstream does", () => {
    expect(dns1123CaselessSubdomainErrors("A.b")).toEqual([]);
    expect(dns1123CaselessSubdomainErrors("A_".repeat(127))).toEqual([
      "must be no more than 253 bytes",
      "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', and must start and end with an " +
        "alphanumeric character (e.g. 'Example.com', regex used for validation is " +
        "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ]);
  });

  it("words a bad label as upstream does", () => {
    expect(dns1123LabelErrors("a.b")).toEqual(["must not contain dots"]);
    expect(dns1123LabelErrors("a".repeat(64))).toEqual(["must be no more than 63 characters"]);
    expect(dns1123LabelErrors("-a")[0]).toContain("(e.g. 'my-name',  or '123-abc', regex used for validation is");
  });

  it("checks both parts of a qualified name", () => {
    expect(qualifiedNameErrors("example.com/My.Name_1")).toEqual([]);
    expect(qualifiedNameErrors("/x")).toEqual(["prefix part must be non-empty"]);
    expect(qualifiedNameErrors("example.com/")[0]).toBe("name part must be non-empty");
    expect(qualifiedNameErrors("a/b/c")[0]).toMatch(
      /^a valid label key must consist of .* \(e\.g\. 'example\.com\/MyName'\)$/,
    );
    expect(qualifiedNameErrors("UP/x")[0]).toMatch(/^prefix part a lowercase RFC 1123 subdomain/);
    expect(qualifiedNameErrors("x".repeat(64))).toEqual(["name part must be no more than 63 bytes"]);
    expect(qualifiedNameErrors("__proto__")).toHaveLength(1);
  });

  it("keeps names inside one path segment", () => {
    expect(pathSegmentNameErrors("..")).toEqual(["may not be '..'"]);
    expect(pathSegmentNameErrors("a/b%c")).toEqual(["may not contain '/'", "may not contain '%'"]);
    expect(pathSegmentNameErrors("system:node:x")).toEqual([]);
  });

  it("lets a generateName end in a dash", () => {
    expect(nameErrors("subdomain", "web-", true)).toEqual([]);
    expect(nameErrors("subdomain", "web-")).toHaveLength(1);
    expect(nameErrors("label", "Web-", true)).toHaveLength(1);
    expect(nameErrors("path-segment", "..", true)).toEqual([]);
  });

  it("counts bytes, not characters", () => {
    expect(labelValueErrors("ä".repeat(32))[0]).toBe("must be no more than 63 bytes");
  });
});
