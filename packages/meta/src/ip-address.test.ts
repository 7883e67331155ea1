import { expect, it } from "vitest";
import { IpAddress } from "./ip-address.js";
import { IpRange } from "./ip-range.js";

it.each([
  ["10.9.8.7", "10.9.8.7", "IPv4", "plain"],
  ["010.002.003.004", "10.2.3.4", "IPv4", "zeros"],
  ["::ffff:1.2.3.4", "1.2.3.4", "IPv4", "mapped"],
  ["::ffff:01.2.3.4", "1.2.3.4", "IPv4", "zeros"],
  ["::", "::", "IPv6", "plain"],
  ["::1", "::1", "IPv6", "plain"],
  ["FE80:0:0:0:0:0:0:0abc", "fe80::abc", "IPv6", "plain"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "IPv6", "plain"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", "IPv6", "plain"],
  ["64:ff9b::1.2.3.4", "64:ff9b::102:304", "IPv6", "plain"],
  ["2001:00db8::1", "2001:db8::1", "IPv6", "zeros"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "IPv6", "plain"],
])("reads %s", (text, canonical, family, written) => {
  const address = IpAddress.parse(text);
  expect([String(address), address?.family, address?.written]).toEqual([canonical, family, written]);
});

it.each([
  "",
  "1",
  "1.2.3",
  "1.2.3.4.5",
  "1.2.3.256",
  "1.2.3.-4",
  "a.b.c.d",
  "1.2.3.4:80",
  ":",
  ":::",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7:8::",
  "::1.2.3.4:5",
  "1.2.3.4::",
  "fe80::1%eth0",
  "::12345",
  "::g",
])("takes %j for no address", (text) => {
  expect(IpAddress.parse(text)).toBeUndefined();
});

it.each([
  ["10.96.0.0/16", "10.96.0.0/16", 65_536n],
  ["10.9.8.7/24", "10.9.8.0/24", 256n],
  ["0.0.0.0/0", "0.0.0.0/0", 1n << 32n],
  ["fd00::1:0/112", "fd00::1:0/112", 65_536n],
  ["::ffff:10.0.0.1/120", "10.0.0.0/24", 256n],
  ["::ffff:10.0.0.1/64", "::/64", 1n << 64n],
])("reads the range %s", (text, canonical, size) => {
  const range = IpRange.parse(text);
  expect([String(range), range?.size]).toEqual([canonical, size]);
});

it.each(["10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/", "/8", "10.0.0.0/8/8", "a/8"])(
  "takes %j for no range",
  (text) => {
    expect(IpRange.parse(text)).toBeUndefined();
  },
);

it("tells which addresses a range has, and which ranges meet", () => {
  const range = IpRange.parse("10.0.1.0/28");
  const has = (text: string) => {
    const address = IpAddress.parse(text);
    return address !== undefined && range?.has(address);
  };
  expect(["10.0.1.0", "10.0.1.15", "10.0.1.16", "10.0.0.255", "::a00:100"].map(has)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  const meets = (text: string) => {
    const other = IpRange.parse(text);
    return other !== undefined && range?.overlaps(other);
  };
  expect(["10.0.0.0/16", "10.0.1.8/29", "10.0.1.16/28", "10.0.0.0/24", "::/0"].map(meets)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
