import { FieldErrors } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import {
  checkCidr,
  checkEndpointIp,
  checkInterfaceAddress,
  checkIp,
  checkLegacyCidr,
  checkLegacyIp,
  cidrWarnings,
  ipWarning,
} from "./check-ip.js";

function told(check: (value: string, path: string, errors: FieldErrors) => unknown, value: string): string[] {
  const errors = new FieldErrors();
  check(value, "ip", errors);
  return errors.list.map(({ message }) => message);
}

const NO_ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const NO_RANGE = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

describe("addresses", () => {
  it.each([
    ["1.2.3.4", [], []],
    ["fe80::abc", [], []],
    ["FE80::0abc", [], ['Invalid value: "FE80::0abc": must be in canonical form ("fe80::abc")']],
    ["1.2.3", [`Invalid value: "1.2.3": ${NO_ADDRESS}`], [`Invalid value: "1.2.3": ${NO_ADDRESS}`]],
    [
      "01.2.3.4",
      ['Invalid value: "01.2.3.4": must not have leading 0s'],
      ['Invalid value: "01.2.3.4": must not have leading 0s'],
    ],
    [
      "::ffff:1.2.3.4",
      ['Invalid value: "::ffff:1.2.3.4": must not be an IPv4-mapped IPv6 address'],
      ['Invalid value: "::ffff:1.2.3.4": must not be an IPv4-mapped IPv6 address'],
    ],
  ])("are checked in older and newer fields: %s", (value, legacy, strict) => {
    expect(told(checkLegacyIp, value)).toEqual(legacy);
    expect(told(checkIp, value)).toEqual(strict);
  });

  it("may stay as they are stored", () => {
    const errors = new FieldErrors();
    checkLegacyIp("01.2.3.4", "ip", errors, ["01.2.3.4"]);
    checkLegacyCidr("01.2.3.4/8", "ip", errors, ["01.2.3.4/8"]);
    expect(errors.list).toEqual([]);
  });

  it.each([
    ["10.0.0.1", undefined],
    ["01.2.3.4", 'ip: non-standard IP address "01.2.3.4" is invalid: use "1.2.3.4"'],
    ["FE80::1", 'ip: IPv6 address "FE80::1" should be in RFC 5952 canonical format ("fe80::1")'],
  ])("are warned of: %s", (value, warning) => {
    expect(ipWarning(value, "ip")).toBe(warning);
  });

  it.each([
    ["10.0.0.1", []],
    ["x", ['Invalid value: "x": must be a valid IP address']],
    ["0.0.0.0", ['Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)']],
    ["::", ['Invalid value: "::": may not be unspecified (::)']],
    ["127.1.1.1", ['Invalid value: "127.1.1.1": may not be in the loopback range (127.0.0.0/8, ::1/128)']],
    ["::1", ['Invalid value: "::1": may not be in the loopback range (127.0.0.0/8, ::1/128)']],
    ["169.254.1.1", ['Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)']],
    ["fe80::1", ['Invalid value: "fe80::1": may not be in the link-local range (169.254.0.0/16, fe80::/10)']],
    [
      "224.0.0.1",
      ['Invalid value: "224.0.0.1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
    ],
    ["ff02::1", ['Invalid value: "ff02::1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)']],
    ["ff05::1", []],
  ])("of endpoints are not special: %s", (value, problems) => {
    expect(told(checkEndpointIp, value)).toEqual(problems);
  });
});

describe("ranges", () => {
  it.each([
    ["10.0.0.0/8", []],
    ["fd00::/8", []],
    ["10.0.0.0", [`Invalid value: "10.0.0.0": ${NO_RANGE}`]],
    ["10.0.0.0/08", ['Invalid value: "10.0.0.0/08": must not have leading 0s in IP or prefix length']],
    ["::ffff:10.0.0.0/120", ['Invalid value: "::ffff:10.0.0.0/120": must not have an IPv4-mapped IPv6 address']],
    ["10.0.0.1/8", ['Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length']],
  ])("are checked: %s", (value, problems) => {
    expect(told(checkLegacyCidr, value)).toEqual(problems);
    expect(told(checkCidr, value)).toEqual(problems);
  });

  it.each([
    ["10.0.0.1/24", []],
    ["2001:db8::1/64", []],
    ["10.0.0.1", ["must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)"]],
    ["10.0.0.1/33", ["must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)"]],
    ["2001:DB8::1/64", ['must be in canonical form ("2001:db8::1/64")']],
  ])("say with an address where an interface is: %s", (value, problems) => {
    expect(told(checkInterfaceAddress, value)).toEqual(problems.map((one) => `Invalid value: "${value}": ${one}`));
  });

  it("are canonical in newer fields", () => {
    expect(told(checkCidr, "FD00:0::/64")).toEqual([
      'Invalid value: "FD00:0::/64": must be in canonical form ("fd00::/64")',
    ]);
  });

  it.each([
    ["10.0.0.0/8", []],
    [
      "10.0.0.1/8",
      ['ip: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)'],
    ],
    ["010.0.0.0/8", ['ip: non-standard CIDR value "010.0.0.0/8" is invalid: use "10.0.0.0/8"']],
    ["FD00::/8", ['ip: IPv6 CIDR value "FD00::/8" should be in RFC 5952 canonical format ("fd00::/8")']],
  ])("are warned of: %s", (value, warnings) => {
    expect(cidrWarnings(value, "ip")).toEqual(warnings);
  });
});
