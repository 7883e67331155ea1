import { describe, expect, it } from "vitest";
import { Quantity, QuantityError } from "./quantity.js";

const sum = (...texts: string[]): string =>
  texts
    .map((text) => Quantity.parse(text))
    .reduce((total, one) => total.add(one), Quantity.of(0))
    .toString();

describe("Quantity", () => {
  // What k8s.io/apimachinery's ParseQuantity and String make of them.
  it.each([
    ["0", "0", "DecimalSI"],
    ["-0", "0", "DecimalSI"],
    ["0Ki", "0", "BinarySI"],
    ["1", "1", "DecimalSI"],
    ["1000", "1k", "DecimalSI"],
    ["1500", "1500", "DecimalSI"],
    ["1.5", "1500m", "DecimalSI"],
    ["0.5", "500m", "DecimalSI"],
    [".5", "500m", "DecimalSI"],
    ["3.0", "3", "DecimalSI"],
    ["00.10", "100m", "DecimalSI"],
    ["100m", "100m", "DecimalSI"],
    ["0.0001", "100u", "DecimalSI"],
    ["1000000n", "1m", "DecimalSI"],
    ["1000k", "1M", "DecimalSI"],
    ["999E", "999E", "DecimalSI"],
    ["12e6", "12e6", "DecimalExponent"],
    ["12E6", "12E6", "DecimalExponent"],
    ["1e0", "1e0", "DecimalExponent"],
    ["100e2", "10e3", "DecimalExponent"],
    ["1e-3", "1e-3", "DecimalExponent"],
    ["1Ki", "1Ki", "BinarySI"],
    ["1024Ki", "1Mi", "BinarySI"],
    ["1000Ki", "1000Ki", "BinarySI"],
    ["1025Ki", "1025Ki", "BinarySI"],
    ["1.5Gi", "1536Mi", "BinarySI"],
    ["1.0Gi", "1Gi", "BinarySI"],
    ["0.5Ki", "512", "BinarySI"],
    ["0.1Ki", "102400m", "BinarySI"],
    ["-1.1Mi", "-1153433600m", "BinarySI"],
    ["0.0001Ki", "102400u", "DecimalSI"],
    ["9223372036854775808", "9223372036854775808", "DecimalSI"],
    ["123456789012345678901234567890", "123456789012345678901234567890", "DecimalSI"],
    // Its fast path keeps these as they are.
    ["1.500", "1.500", "DecimalSI"],
    ["01", "01", "DecimalSI"],
    ["+1", "+1", "DecimalSI"],
    // What is too small for a billionth is one, and the binary format has an end.
    ["0.1n", "1n", "DecimalSI"],
    ["-0.1n", "-1n", "DecimalSI"],
    ["9Ei", "9223372036854775807", "BinarySI"],
    ["-9Ei", "-9223372036854775807", "BinarySI"],
  ])("reads %s as %s in the format %3$s", (text, canonical, format) => {
    const quantity = Quantity.parse(text);
    expect([quantity.toString(), quantity.format]).toEqual([canonical, format]);
    expect(Quantity.parse(canonical).compare(quantity)).toBe(0);
    expect(JSON.stringify({ quantity })).toBe(JSON.stringify({ quantity: canonical }));
  });

  it("has no end in the decimal formats, where upstream's largest suffix is lost", () => {
    expect(Quantity.parse("94000E").toString()).toBe("94000E");
  });

  it.each(["", "+", ".", "Ki", "1.5.5", " 1", "1 ", "1Kib", "1e1.5", "0x1", "1_000", "1".repeat(300)])(
    "refuses %j",
    (text) => {
      expect(() => Quantity.parse(text)).toThrow(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      );
    },
  );

  it.each(["1K", "1ki", "1i", "1mm", "1e", "1e9999", "1e-9999"])("refuses the suffix of %s", (text) => {
    expect(() => Quantity.parse(text)).toThrow(new QuantityError("unable to parse quantity's suffix"));
  });

  it("adds exactly, in the format of what was there first", () => {
    expect(sum("0.1", "0.2")).toBe("300m");
    expect(sum("100m", "900m")).toBe("1");
    expect(sum("1Gi", "1G")).toBe("2073741824");
    expect(sum("1Gi", "512Mi", "512Mi")).toBe("2Gi");
    expect(sum("0", "1Mi")).toBe("1Mi");
    expect(sum("9007199254740993", "1n")).toBe("9007199254740993000000001n");
    expect(Quantity.parse("1Gi").subtract(Quantity.parse("1Mi")).toString()).toBe("1023Mi");
    expect(Quantity.parse("1").subtract(Quantity.parse("1500m")).toString()).toBe("-500m");
  });

  it("compares what it is worth, not how it is written", () => {
    const order = ["-1", "0", "1n", "999m", "1", "1023", "1Ki", "1k", "1M", "1Mi"];
    const sorted = [...order].sort((a, b) => Quantity.parse(a).compare(Quantity.parse(b)));
    expect(sorted).toEqual(["-1", "0", "1n", "999m", "1", "1k", "1023", "1Ki", "1M", "1Mi"]);
    expect(Quantity.parse("1Ki").compare(Quantity.parse("1024"))).toBe(0);
  });

  it.each([
    ["1.1Mi", "1153434", false],
    ["-1500m", "-2", false],
    ["1n", "1", false],
    ["3", "3", true],
    ["1Gi", "1Gi", true],
  ])("rounds %s up to %s", (text, rounded, whole) => {
    expect(Quantity.parse(text).roundUp().toString()).toBe(rounded);
    expect(Quantity.parse(text).isWhole).toBe(whole);
    expect(Quantity.parse(text).units).toBe(Quantity.parse(rounded).units);
  });

  it("rounds up to decimals", () => {
    expect(Quantity.parse("1100u").roundUp(3).toString()).toBe("2m");
    expect(Quantity.parse("-1n").roundUp(3).toString()).toBe("-1m");
    expect(Quantity.parse("1.500").roundUp(3).toString()).toBe("1.500");
  });

  it("counts", () => {
    expect(Quantity.of(3).toString()).toBe("3");
    expect(Quantity.parse("1500m").units).toBe(2n);
    expect(Quantity.parse("1500100u").thousandths).toBe(1501n);
    expect(Quantity.parse("2Ki").thousandths).toBe(2_048_000n);
    expect(Quantity.of(2n ** 40n, "BinarySI").toString()).toBe("1Ti");
  });
});
