const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Node takes the bytes of a header for Latin-1, proxies write UTF-8; what is no UTF-8 is left as it is. */
function text(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  try {
    return UTF8.decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}

/** The header lines of a request by lower-case name, in the order in which they came. */
export class HeaderLines {
  readonly #values = new Map<string, string[]>();

  /** `raw` is name, value, name, value. */
  constructor(raw: readonly string[]) {
    for (let at = 0; at + 1 < raw.length; at += 2) {
      const name = (raw[at] ?? "").toLowerCase();
      const value = text(raw[at + 1] ?? "");
      const values = this.#values.get(name);
      if (values === undefined) this.#values.set(name, [value]);
      else values.push(value);
    }
  }

  /** The first line of a header decides whether it has a value, as upstream reads it. */
  first(names: readonly string[]): string {
    for (const name of names) {
      const value = this.#values.get(name)?.[0];
      if (value !== undefined && value !== "") return value;
    }
    return "";
  }

  all(names: readonly string[]): string[] {
    return names.flatMap((name) => this.#values.get(name) ?? []).filter((value) => value !== "");
  }

  /** What stands behind the prefix, with the values. */
  *beginningWith(prefix: string): Iterable<[rest: string, values: readonly string[]]> {
    for (const [name, values] of this.#values) {
      if (name.startsWith(prefix)) yield [name.slice(prefix.length), values];
    }
  }
}
